// Sizes and page numbers of the format are unsigned; callers from languages without unsigned types are not served.
[assembly: CLSCompliant(false)]
