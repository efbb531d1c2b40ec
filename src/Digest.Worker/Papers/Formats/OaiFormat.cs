
namespace Digest.Worker.Papers.Formats;

/// <summary>OAI-PMH 2.0 (http://www.openarchives.org/OAI/openarchivesprotocol.html): records in arXivRaw, arXiv or oai_dc.</summary>
internal static class OaiFormat
{
    /// <exception cref="AnswerException">A protocol error, or not OAI-PMH. <c>noRecordsMatch</c> is a quiet day and no error.</exception>
    public static void Read(Stream answer, Reading reading)
    {
        FeedXml.Read(answer, reading,
            root => _ = root.LocalName is "OAI-PMH" or "record" or "ListRecords" ? true : throw new AnswerException($"not OAI-PMH: the root element is {root.LocalName}"),
            reader => reader.LocalName is "record" or "error" or "resumptionToken" or "responseDate" or "ListSets" or "ListIdentifiers" or "Identify" or "ListMetadataFormats",
            element => Take(reading, element));
    }

    private static void Take(Reading reading, FeedElement element)
    {
        switch (element.Name)
        {
            case "record":
                Record(reading, element);
                break;
            case "responseDate":
                reading.Built = Dates.Parse(element.Value);
                break;
            case "resumptionToken":
                reading.Next = element.Value.Trim() is { Length: > 0 } token ? token : null;
                break;
            case "error":
                var code = element.Attribute("code") ?? "error";
                var said = element.Value.Trim() is { Length: > 0 } text ? $"{code}: {Text.ReadableText.Title(text)}" : code;
                reading.Quiet = code == "noRecordsMatch" ? said : throw new AnswerException($"the archive answered {said}") { Code = code };
                break;
            default:
                throw new AnswerException($"an answer without records ({element.Name})");
        }
    }

    private static void Record(Reading reading, FeedElement record)
    {
        var header = record.Children("header").FirstOrDefault();
        var where = header?.Child("identifier") ?? $"record {reading.Count + 1}";
        var metadata = record.Children("metadata").FirstOrDefault()?.Elements.FirstOrDefault();
        if (header?.Attribute("status") == "deleted" || metadata is null)
        {
            reading.PutAside("deleted, or without metadata", where);
            return;
        }
        var datestamp = Dates.Day(header?.Child("datestamp"));
        var entry = metadata.Name switch
        {
            "arXivRaw" or "arXivOld" => OaiArxiv.Raw(metadata),
            "arXiv" => OaiArxiv.Plain(metadata),
            "dc" => OaiDublinCore.Entry(metadata, header?.Child("identifier")),
            _ => null,
        };
        if (entry is null)
            reading.PutAside("no id, or in an unknown metadata format", where);
        else if (entry.Title.Length == 0)
            reading.PutAside("no title", where);
        else
            reading.Add(entry with { Announced = datestamp });
    }
}
