"""What the network has and no city has of its own."""

# Kinds of things, and why.
SHARED = {
    **dict.fromkeys(
        [
            *("home.HomePage", "home.StandardPage", "home.GlossaryPage"),
            *("home.ObservatoryPage", "home.NetworkSettings", "cities.CityIndexPage"),
            *("methods.MethodIndexPage", "methods.MethodPage"),
            *("methods.MethodPage_principles", "methods.PrincipleIndexPage"),
            *("methods.PrinciplePage", "resources.ResourceIndexPage"),
            *("resources.ResourcePage", "resources.ResourcePage_topics"),
            *("resources.ResourcePage_principles", "resources.ResourceCity"),
        ],
        "pages of the network, and their links",
    ),
    **dict.fromkeys(
        [
            *("cities.CasePage_topics", "cities.CasePage_principles"),
            *("cities.CaseResource", "cities.MethodUse", "cities.FeedbackCase"),
            *("cities.FeedbackMethod", "cities.FeedbackPage_principles"),
        ],
        "links, which are shown with the page that they belong to",
    ),
    **dict.fromkeys(
        [
            *("wagtailcore.Locale", "wagtailcore.Site", "wagtailcore.Workflow"),
            *("wagtailcore.WorkflowPage", "wagtailcore.WorkflowTask"),
            *("wagtailcore.Task", "moderation.Approval", "moderation.Approval_groups"),
            *("wagtailcore.GroupApprovalTask", "wagtailcore.GroupApprovalTask_groups"),
            *("wagtailcore.WorkflowContentType", "wagtailcore.GroupSitePermission"),
            *("wagtail_localize.LocaleSynchronization", "wagtail_localize.Template"),
            *("auth.Permission", "contenttypes.ContentType", "sessions.Session"),
            *("django_tasks_database.DBTaskResult", "wagtailadmin.Admin"),
            "users.CacheEntry",
        ],
        "how the site is set up and runs",
    ),
    **dict.fromkeys(
        [
            *("users.User_user_permissions", "wagtailcore.APIToken"),
            *("wagtaildocs.Document", "wagtailimages.Image", "wagtailembeds.Embed"),
            *("wagtailimages.Rendition", "wagtail_localize.RelatedObjectSegment"),
            *("account.EmailAddress", "account.EmailConfirmation"),
        ],
        "not used here",
    ),
}
