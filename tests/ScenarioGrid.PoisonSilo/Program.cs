using ScenarioGrid.Models.Kernel;
using ScenarioGrid.PoisonSilo;
using ScenarioGrid.Silo;

// A silo for tests alone: it knows a component that breaks. With "rows URL TOKENFILE CAMPAIGN" it is no silo but prints
// what is stored of a campaign.
return args is ["rows", var url, var tokenFile, var campaign]
  ? await Rows.Print(url, tokenFile, campaign)
  : await SiloProgram.Run(args, new ComponentCatalog(typeof(ComponentCatalog).Assembly, typeof(Poison).Assembly));
