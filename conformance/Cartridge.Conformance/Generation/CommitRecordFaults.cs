using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>
/// Chapter 4, whether a record verifies. The base has one verifying record only, so that the fault leaves the container without
/// any; where the other record could take over, the same fault would be a warning.
/// </summary>
internal static class CommitRecordFaults
{
    private const string OnlyRecord = "commit/torn-odd-record";

    public static IEnumerable<Source> All =>
    [
        Record("type", "CART-COM-001", "The page does not say that it is a commit record",
            "The type byte is the first thing that a commit record proves itself by.",
            "1 becomes 0", m => m.Number(m.Newest["type"], 0)),
        Record("hash", "CART-COM-002", "The hash of the record is wrong",
            "A record that was written in part has a wrong hash: that is how a torn commit is known.",
            "the hash's lowest bit is flipped", m => m.Flip(m.Newest["hash"])),
        Record("type-again", "CART-COM-003", "The type under the hash is another",
            "The hash does not cover the first type byte; its repetition does stand under the hash.",
            "1 becomes 2", m => m.Number(m.Newest["type again"], 2).Mend(m.Newest.Page)),
        Record("header-reserved", "CART-COM-004", "A reserved byte of the page header is in use",
            "Reserved bytes of the header are zero in every metadata page, records too.",
            "byte 39 becomes 1", m => m.Number(m.Newest["reserved"].Byte(5), 1).Mend(m.Newest.Page)),
        Record("container-prefix", "CART-COM-005", "The page header names another container",
            "A page that was copied from another container is not this one's, however sound it is.",
            "the lowest bit is flipped", m => m.Flip(m.Newest["container prefix"]).Mend(m.Newest.Page)),
        Record("page-number", "CART-COM-006", "The record says that it is another page",
            "A write that went to the wrong place is told by the number that the page carries.",
            "1 becomes 2", m => m.Number(m.Newest["page number"], 2).Mend(m.Newest.Page)),
        Record("birth", "CART-COM-007", "The record was born in another generation than its own",
            "A record is written for the generation that it publishes, so its birth is its generation.",
            "0 becomes 2", m => m.Number(m.Newest["birth"], 2).Mend(m.Newest.Page)),
        Record("container-id", "CART-COM-008", "The record names another container",
            "The header holds the first half of the container id, the record all of it.",
            "the last byte's lowest bit is flipped", m => m.Flip(m.Newest["container id"].Byte(15)).Mend(m.Newest.Page)),
        Record("parity", "CART-COM-009", "A record of an odd generation in page 1",
            "Generations take turns between the pages; a record in the wrong one would be overwritten too early.",
            "generation and birth, 0, become 1",
            m => m.Number(m.Newest["generation"], 1).Number(m.Newest["birth"], 1).Mend(m.Newest.Page)),
        new Rejected("commit/both-records-torn", "CART-COM-010", "container.no-valid-commit")
        {
            Title = "Neither record verifies",
            Why = "Without a record there is no state; a reader must not guess one from the pages that it finds.",
            Base = "container/empty",
            Mutation = "the lowest bit of each record's hash is flipped",
            When = Moment.Open,
            Make = m => m.Flip(m.Chart.States[0]["hash"]).Flip(m.Chart.States[1]["hash"]),
        },
        new Rejected("commit/generations-three-apart", "CART-COM-011", "container.no-valid-commit")
        {
            Title = "Two records that do not follow each other",
            Why = "A writer overwrites the older record with the next generation, so two that verify are one apart. Anything else "
                + "was put together from two containers' pages.",
            Base = "container/empty",
            Mutation = "generation and birth of the newer record, 1, become 3",
            When = Moment.Open,
            Make = m => m.Number(m.Newest["generation"], 3).Number(m.Newest["birth"], 3).Mend(m.Newest.Page),
        },
    ];

    private static Rejected Record(string slug, string requirement, string title, string why, string mutation, Action<Mender> make) =>
        new($"commit/only-record-{slug}", requirement, "container.no-valid-commit")
        {
            Title = title,
            Why = why,
            Base = OnlyRecord,
            Mutation = mutation,
            When = Moment.Open,
            Make = make,
        };
}
