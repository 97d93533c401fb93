using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>
/// Chapter 11: one vector and more for each check. All HMACs but the one at stake are mended as well, as nobody without the key could
/// do it: so each check stands alone.
/// </summary>
internal static class EncryptionFaults
{
    private const string Content = "encryption/content";
    private const string SecondKey = "encryption/second-key";
    private const string Data = "docs/data.bin";
    private const string Inline = "inline.bin";

    public static IEnumerable<Source> All =>
    [
        Fault("encryption/slot-kind-3", "CART-ENC-001", "crypto.bad-parameters", "A key slot of a kind that nobody knows",
            "A slot is empty, for a raw key or for a passphrase.", "the kind of slot 5, 0, becomes 3", Moment.Open,
            m => m.Number(m.Newest.KeySlot(5, "kind"), 3).Mend(m.Newest.Page)),
        Fault("encryption/empty-slot-not-zero", "CART-ENC-002", "page.reserved-nonzero", "An empty slot with something in it",
            "An empty slot is all zero: there is nothing to hide in it.", "the lowest bit of the commitment of slot 7 is flipped", Moment.Open,
            m => m.Flip(m.Newest.KeySlot(7, "commitment")).Mend(m.Newest.Page)),
        Fault("encryption/slot-reserved", "CART-ENC-002", "page.reserved-nonzero", "A reserved byte of a key slot in use",
            "Bytes 1 to 3 have no meaning yet.",
            "byte 1 of slot 0 becomes 1", Moment.Open,
            m => m.Number(m.Newest.KeySlot(0, "reserved").Byte(0), 1).Mend(m.Newest.Page)),
        Fault("encryption/raw-key-with-rounds", "CART-ENC-003", "crypto.bad-parameters", "Rounds for a raw key",
            "A raw key is not derived, so it has no rounds.", "the rounds of slot 0, 0, become 600000", Moment.Open,
            m => m.Number(m.Newest.KeySlot(0, "rounds"), 600_000).Mend(m.Newest.Page)),
        Fault("encryption/too-few-rounds", "CART-ENC-003", "crypto.bad-parameters", "A passphrase that is cheap to guess",
            "Fewer than 600,000 rounds are refused, whoever asks for them.", "600000 becomes 599999", Moment.Open,
            m => m.Number(m.Newest.KeySlot(0, "rounds"), 599_999).Mend(m.Newest.Page), "encryption/passphrase"),
        Fault("encryption/too-many-rounds", "CART-ENC-003", "crypto.bad-parameters", "A passphrase that costs hours",
            "More than 2,000,000 rounds are refused before anything is computed.", "600000 becomes 4294967295", Moment.Open,
            m => m.Number(m.Newest.KeySlot(0, "rounds"), uint.MaxValue).Mend(m.Newest.Page), "encryption/passphrase"),
        Fault("encryption/no-slot", "CART-ENC-004", "crypto.bad-parameters", "All key slots are empty",
            "Nobody could open this container.", "all bytes of the only slot become zero", Moment.Open,
            m => m.Set(m.Newest["key slots"], new byte[m.Newest["key slots"].Length]).Mend(m.Newest.Page)),
        Fault("encryption/hmac-stripped", "CART-ENC-005", "crypto.downgraded", "The record has no HMAC",
            "Whoever can change a container without its key can take the HMAC away; its absence is the attack.", "all bytes become zero", Moment.Open,
            m => m.Set(m.Newest["HMAC"], new byte[m.Newest["HMAC"].Length]).MendHash(m.Newest.Page)),
        Fault("encryption/wrong-key", "CART-ENC-006", "crypto.wrong-key", "No slot is for the key that is given",
            "The commitment tells before anything is decrypted. The slot's owner has another key.", "the lowest bit of the commitment is flipped", Moment.Open,
            m => m.Flip(m.Newest.KeySlot(0, "commitment")).Mend(m.Newest.Page)),
        Fault("encryption/slot-removed", "CART-ENC-006", "crypto.wrong-key", "The slot of the key that is given was removed",
            "The other key's slot is still there, and does not open with this one.", "all bytes of slot 1 become zero", Moment.Open,
            m => m.Set(Spot.At(m.Newest.KeySlot(1, "kind").Position, Layouts.KeySlot.Length, "key slot"), new byte[Layouts.KeySlot.Length]).Mend(m.Newest.Page),
            SecondKey),
        Fault("encryption/wrapped-key-changed", "CART-ENC-007", "crypto.auth-failed", "The wrapped key was changed",
            "The commitment is right, and so is the key; what it wraps is not what was wrapped.", "the lowest bit of the first byte is flipped", Moment.Open,
            m => m.Flip(m.Newest.KeySlot(0, "wrapped key")).Mend(m.Newest.Page)),
        Fault("encryption/hmac-wrong", "CART-ENC-008", "crypto.auth-failed", "The HMAC is not that of the record",
            "Somebody without the key has written this record, or changed it.", "the lowest bit of the first byte is flipped", Moment.Open,
            m => m.Flip(m.Newest["HMAC"]).MendHash(m.Newest.Page)),
        Fault("encryption/record-changed", "CART-ENC-008", "crypto.auth-failed", "The title was changed by somebody without the key",
            "All hashes that need no key are right. The HMAC covers the whole page.", "the title becomes one letter long", Moment.Open,
            m => m.Number(m.Newest["title length"], 1).MendHash(m.Newest.Page)),
        Fault("encryption/inline-not-encrypted", "CART-ENC-009", "catalog.bad-record", "Inline content that is not encrypted",
            "In an encrypted container all content is encrypted. Taking plain content for what was meant would be taking it from anybody.",
            "bit 2 of the flags is cleared and the seal left out", Moment.List, m => Rewrite(m, Inline, Unseal)),
        Fault("encryption/flag-without-inline-content", "CART-ENC-009", "catalog.bad-record", "The flag of encrypted inline content without any",
            "Bit 2 says something of inline content; where there is none it is not set.", "0 becomes 4", Moment.List,
            m => m.Number(m.Newest.Entry(Data)["flags"], 4).Mend(m.Newest.Catalog.Root.Page)),
        Fault("encryption/content-hash", "CART-ENC-010", "catalog.bad-record", "A content hash in an encrypted container",
            "It would tell everybody who has the same content that it is here.", "bit 0 of the flags is set and a hash put in", Moment.List,
            m => Rewrite(m, Data, AddHash)),
        Fault("encryption/chunk-changed", "CART-ENC-011", "crypto.auth-failed", "A bit of a ciphertext is flipped",
            "The checksum was mended; the tag cannot be.", "the lowest bit of the first byte is flipped", Moment.Read(Data),
            m => m.Flip(Spot.At(m.Newest.Chunk(Data).Pages[0] * Spot.PageSize, 1, "chunk")).Mend(m.Newest.Chunk(Data).Pages[0])),
        Fault("encryption/chunk-nonce-changed", "CART-ENC-011", "crypto.auth-failed", "A bit of a nonce is flipped",
            "Nonce and ciphertext belong together.", "the lowest bit of the last byte of the nonce is flipped", Moment.Read(Data),
            m => m.Flip(SealOf(m, Data).Inner(Layouts.Seal, "nonce").Byte(23)).Mend(m.Newest.ChunkCell(Data).Value.Page)),
        Fault("encryption/chunks-swapped", "CART-ENC-011", "crypto.auth-failed", "Two files have each other's content",
            "Each chunk decrypts in its own place only: file id and chunk number are authenticated with it.",
            "the two references are exchanged", Moment.Read("a.bin"), SwapChunks, SecondKey),
        Fault("encryption/page-0-rewritten", "CART-ENC-013", "crypto.downgraded", "A container that is not encrypted in the place of one that was",
            "Nothing in the container is wrong; whoever has its key knows better.", "the byte becomes 0, and slots and HMACs are gone", Moment.Open, Strip, "encryption/empty"),
        Fault("encryption/inline-changed", "CART-ENC-012", "crypto.auth-failed", "A bit of encrypted inline content is flipped",
            "The page's hash was mended; the tag cannot be.", "the lowest bit of the first byte is flipped", Moment.Read(Inline),
            m => m.Flip(m.Newest.Entry(Inline).Inline).Mend(m.Newest.Catalog.Root.Page)),
    ];

    private static Rejected Fault(
        string id, string requirement, string code, string title, string why, string mutation, Moment when, Action<Mender> make, string of = Content) =>
        new(id, requirement, code)
        {
            Title = title,
            Why = why,
            Features = ["core", "encryption"],
            Keys = of == "encryption/passphrase" ? EncryptionVectors.Passphrase : EncryptionVectors.Raw,
            Base = of,
            Mutation = mutation,
            When = when,
            Make = make,
        };

    /// <summary>Nonce and tag of a file's first chunk.</summary>
    internal static Spot SealOf(Mender m, string path)
    {
        Spot value = m.Newest.ChunkCell(path).Value;
        return Spot.At(value.Position + value.Length - Layouts.Seal.Length, Layouts.Seal.Length, Layouts.Seal.Name);
    }

    private static void SwapChunks(Mender m)
    {
        (Spot a, Spot b) = (m.Newest.ChunkCell("a.bin").Value, m.Newest.ChunkCell("b.bin").Value);
        byte[] kept = a.In(m.Bytes).ToArray();
        m.Set(a, b.In(m.Bytes)).Set(b, kept).Mend(a.Page);
    }

    private static void Strip(Mender m)
    {
        m.Number(Chart.Identity("encrypted"), 0);
        foreach (StateChart state in m.Chart.States)
        {
            m.Set(state["key slots"], new byte[state["key slots"].Length]).Set(state["HMAC"], new byte[state["HMAC"].Length]);
        }

        m.Mend(0);
    }

    private static void Rewrite(Mender m, string path, Func<EntryChart, byte[], byte[]> change)
    {
        EntryChart entry = m.Newest.Entry(path);
        NodeChart leaf = m.Newest.Catalog.Nodes.Single(node => node.Page == entry.Record.Page);
        m.Rebuild(leaf, "catalog record", draft =>
        {
            int index = draft.Cells.FindIndex(cell => cell.Key.AsSpan().SequenceEqual(entry.Cell.Key));
            draft.Change(index, cell => cell with { Value = change(entry, m.Bytes) });
        }).Mend(leaf.Page);
    }

    private static byte[] Unseal(EntryChart entry, byte[] bytes)
    {
        List<byte> record = [.. entry.Record.In(bytes)];
        record.RemoveRange((int)(entry.InlineSeal.Position - entry.Record.Position), entry.InlineSeal.Length);
        record[1] &= 0xFB;
        return [.. record];
    }

    private static byte[] AddHash(EntryChart entry, byte[] bytes)
    {
        List<byte> record = [.. entry.Record.In(bytes)];
        record.InsertRange((int)(entry.ContentHash.Position - entry.Record.Position), new byte[32]);
        record[1] |= 1;
        return [.. record];
    }
}
