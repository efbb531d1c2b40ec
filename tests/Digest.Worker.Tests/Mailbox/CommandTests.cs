using Digest.Worker.Mailbox.Understanding.Commands;

namespace Digest.Worker.Tests.Mailbox;

public class CommandTests
{
    public static TheoryData<string, string, string> Wishes => CaseLines.Read("wishes.txt");

    [Theory, MemberData(nameof(Wishes))]
    public void A_wish_is_a_command_only_as_a_whole(string expected, string subject, string words)
    {
        var commands = CommandReader.Read(subject, words, "reader@example.net");
        Assert.Equal(expected, commands.Count > 0 ? commands[0].Name : words.Length > 0 ? "unclear" : "-");
    }

    public static TheoryData<string, string, string> Spoken => CaseLines.Read("commands.txt");

    [Theory, MemberData(nameof(Spoken))]
    public void Commands_are_understood_as_readers_write_them(string expected, string subject, string words)
    {
        Assert.Equal(expected, Assert.Single(CommandReader.Read(subject, words, "reader@example.net")).Name);
    }

    [Theory]
    [InlineData("pause for two weeks", 14)]
    [InlineData("einen Monat Pause", 30)]
    [InlineData("pause de 10 jours", 10)]
    [InlineData("暂停两周", 14)]
    [InlineData("3日間休止", 3)]
    public void A_span_of_time_is_counted_in_days(string words, int days) =>
        Assert.Equal(days, Assert.Single(CommandReader.Read("Re: your digest", words, null)).Days);

    [Fact]
    public void Several_commands_in_one_mail_are_read_in_their_order()
    {
        var commands = CommandReader.Read("Re: your digest", "Hi,\nmore like 3, 5 no\nweekly on Friday\nadd \"large language models\"\n\nThanks\nMary", null);
        Assert.Equal(["more", "less", "weekly", "add"], commands.Select(command => command.Name));
        Assert.Equal([3], commands[0].Numbers);
        Assert.Equal([5], commands[1].Numbers);
        Assert.Equal(DayOfWeek.Friday, commands[2].Day);
        Assert.Equal("large language models", commands[3].Argument);
    }

    [Theory]
    [InlineData("until 2027-01-05", 2027, 1, 5)]
    [InlineData("back on 5 January 2027", 2027, 1, 5)]
    [InlineData("January 5th", null, 1, 5)]
    [InlineData("5. Januar", null, 1, 5)]
    [InlineData("le 1er février", null, 2, 1)]
    [InlineData("24.12.", null, 12, 24)]
    [InlineData("I am out of the office until 5 January.", null, 1, 5)]
    [InlineData("Olen poissa toimistolta 5. tammikuuta asti.", null, 1, 5)]
    [InlineData("5 Ocak'a kadar ofis dışındayım", null, 1, 5)]
    [InlineData("2027年1月5日", 2027, 1, 5)]
    [InlineData("13/02/2027", 2027, 2, 13)]
    public void Dates_are_read_as_people_write_them(string text, int? year, int month, int day) =>
        Assert.Equal(new SpokenDate(year, month, day), SpokenDates.Find(text));

    [Theory]
    [InlineData("03/04/2027")]
    [InlineData("31 February 2027")]
    [InlineData("some day")]
    public void A_date_that_could_be_two_or_none_is_not_read(string text) => Assert.Null(SpokenDates.Find(text));

    [Theory]
    [InlineData("pause till May", null, 5)]
    [InlineData("Pause bis Mai 2027", 2027, 5)]
    [InlineData("pausa hasta enero", null, 1)]
    [InlineData("暂停到十一月", null, 11)]
    [InlineData("12月まで休止", null, 12)]
    public void A_month_alone_means_its_first_day(string words, int? year, int month) =>
        Assert.Equal(new SpokenDate(year, month, 1), Assert.Single(CommandReader.Read("Re: your digest", words, null)).Date);

    [Theory]
    [InlineData("pause until I may be back")]
    [InlineData("pause till 13月")]
    public void Not_every_may_is_a_month(string words) => Assert.Empty(CommandReader.Read("Re: your digest", words, null));
}
