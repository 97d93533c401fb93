namespace Cartridge.Format1;

/// <summary>The three fuses of page 0, of which S3 servers over a container take their behaviour.</summary>
/// <param name="Versioning">0 none, 1 by snapshots.</param>
/// <param name="Acl">0 ignore, 1 record, 2 enforce.</param>
/// <param name="Encryption">0 ignore, 1 record, 2 transparent.</param>
public readonly record struct Format1Fuses(byte Versioning, byte Acl, byte Encryption)
{
    /// <summary>Whether each has a value that it can have (CART-ONE-007).</summary>
    public bool AreValid => Versioning <= 1 && Acl <= 2 && Encryption <= 2;
}
