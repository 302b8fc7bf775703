using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Silo;

return await SiloProgram.Run(args, ComponentCatalog.Default);
