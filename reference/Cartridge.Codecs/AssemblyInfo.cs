using System.Runtime.CompilerServices;

[assembly: CLSCompliant(false)]

// Calls to the libraries pass blittable values only, so that LibraryImport writes the whole stub.
[assembly: DisableRuntimeMarshalling]
