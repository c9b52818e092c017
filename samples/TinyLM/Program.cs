Console.WriteLine("TinyLM");
