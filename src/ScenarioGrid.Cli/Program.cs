using ScenarioGrid.Cli;

return await ConsoleApp.Run(args);
