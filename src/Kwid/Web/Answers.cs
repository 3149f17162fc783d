namespace Kwid.Web;

/// <summary>Small answers that need no page.</summary>
internal static class Answers
{
    /// <summary>A sentence as plain text.</summary>
    public static Task AnswerTextAsync(this HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(text + "\n", http.RequestAborted);
    }

    /// <summary>A page.</summary>
    /// <param name="http">The exchange.</param>
    /// <param name="status">HTTP's.</param>
    /// <param name="page">HTML.</param>
    /// <param name="cacheControl">Who may keep it, and how.</param>
    public static Task AnswerPageAsync(this HttpContext http, int status, string page, string cacheControl = "no-cache")
    {
        http.Response.StatusCode = status;
        var headers = http.Response.Headers;
        headers.ContentType = "text/html; charset=utf-8";
        headers.ContentSecurityPolicy = Page.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = cacheControl;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(page, http.RequestAborted);
    }
}
