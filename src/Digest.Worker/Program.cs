Console.WriteLine("Digest");
