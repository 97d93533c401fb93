namespace Cartridge.Fuzz;

/// <summary>Two answers to one input contradict each other.</summary>
/// <param name="message">Which, and how.</param>
/// <param name="inner">What one of them said, if it said it by an exception.</param>
public sealed class FaultException(string message, Exception? inner = null) : Exception(message, inner);
