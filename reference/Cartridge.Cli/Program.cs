using System.CommandLine;

var root = new RootCommand("Makes, reads, checks and explains .cart files.");
return root.Parse(args).Invoke();
