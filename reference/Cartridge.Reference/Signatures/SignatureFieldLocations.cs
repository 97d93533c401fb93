namespace Cartridge.Reference;

/// <summary>Offsets of the fields in <see cref="SignatureFieldLengths"/>: each is the previous offset plus the previous length.</summary>
internal static class SignatureFieldLocations
{
    public const int Magic = 0;
    public const int Version = Magic + SignatureFieldLengths.Magic;
    public const int Algorithm = Version + SignatureFieldLengths.Version;
    public const int Reserved = Algorithm + SignatureFieldLengths.Algorithm;
    public const int ContainerId = Reserved + SignatureFieldLengths.Reserved;
    public const int Generation = ContainerId + SignatureFieldLengths.ContainerId;
    public const int StateHash = Generation + SignatureFieldLengths.Generation;
    public const int PublicKey = StateHash + SignatureFieldLengths.StateHash;
    public const int Signature = PublicKey + SignatureFieldLengths.PublicKey;
}
