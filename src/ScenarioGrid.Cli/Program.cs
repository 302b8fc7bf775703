Console.WriteLine("scenariogrid");
