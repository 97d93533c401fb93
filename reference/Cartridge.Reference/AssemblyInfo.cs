using System.Runtime.CompilerServices;

// Page numbers and sizes of the format are unsigned; callers from languages without unsigned types are not served.
[assembly: CLSCompliant(false)]

// Calls to the operating system pass blittable values only, so that LibraryImport writes the whole stub.
[assembly: DisableRuntimeMarshalling]
