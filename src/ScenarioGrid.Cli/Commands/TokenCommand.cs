using System.CommandLine;
using System.Globalization;
using ScenarioGrid.Grains;
using ScenarioGrid.Silo;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid token new: a token for the HTTP front, and the line of the tokens file that accepts
/// it.</summary>
public static class TokenCommand
{
    private const int DaysMost = 366;

    public static Command Create()
    {
        var name = new Option<string>("--name")
        {
            Description = "owner of what the token submits", HelpName = "name", Required = true,
        };
        var role = new Option<string>("--role")
        {
            Description = "viewer, submitter or operator", HelpName = "role", Required = true,
        };
        role.AcceptOnlyFromAmong("viewer", "submitter", "operator");
        var expires = new Option<string>("--expires")
        {
            Description = "last day (2027-01-31), or days from now (90d; at most 366)", HelpName = "when",
            DefaultValueFactory = _ => "90d",
        };
        var make = new Command("new", "Make a token: it goes to standard output once and is kept nowhere; the line for "
            + "the tokens file of the silos goes to standard error.\n\n"
            + "Example: scenariogrid token new --name ada --role submitter --expires 90d > ada.token 2>> tokens.txt")
        {
            name, role, expires,
        };
        make.SetAction(parsed =>
        {
            CommonOptions.CheckName(parsed.GetValue(name));
            var until = Until(parsed.GetValue(expires)!, DateTimeOffset.UtcNow);
            var (token, line) = TokenFile.NewLine(
                parsed.GetValue(name)!, Enum.Parse<Role>(parsed.GetValue(role)!, ignoreCase: true), until);
            Terminal.Line(token);
            Console.Error.WriteLine(line);
            return Exit.Ok;
        });
        return new Command("token", "Tokens for the HTTP front of a cluster.") { make };
    }

    private static DateTimeOffset Until(string text, DateTimeOffset now)
    {
        var isDays = text.EndsWith('d')
            & int.TryParse(text.AsSpan().TrimEnd('d'), NumberStyles.None, CultureInfo.InvariantCulture, out var days);
        if (isDays && days is > 0 and <= DaysMost)
        {
            return now.AddDays(days);
        }

        var isDate = DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var day);
        CommonOptions.Check(isDate && day.AddDays(1) > now && day <= now.AddDays(DaysMost),
            $"--expires is '{text}'; write a day such as 2027-01-31, or 90d, at most {DaysMost} days from now");
        return day.AddDays(1).AddSeconds(-1);
    }
}
