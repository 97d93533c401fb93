namespace Cartridge.Reference;

/// <summary>How the cache of proved pages and chunks has done.</summary>
/// <param name="Hits">Look-ups that found what they asked for.</param>
/// <param name="Misses">Look-ups that had to read.</param>
/// <param name="Bytes">Bytes it holds now.</param>
/// <param name="Capacity">Bytes it may hold.</param>
public readonly record struct CacheStatistics(long Hits, long Misses, long Bytes, long Capacity)
{
    /// <summary>Hits among all look-ups, 0 to 1; 0 before the first.</summary>
    public double HitRate => Hits + Misses == 0 ? 0 : (double)Hits / (Hits + Misses);
}
