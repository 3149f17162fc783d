Console.WriteLine("kwid");
