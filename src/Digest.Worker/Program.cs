using Digest.Worker.Operations;

return await RootVerb.InvokeAsync(args);
