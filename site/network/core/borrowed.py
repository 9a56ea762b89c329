"""Strings of Wagtail and wagtail-localize whose French is missing or misleads.

Their own French is complete but for a few words left in English ("workflow", "slug",
"any"), and it calls a language a "région", which in this network is a kind of
authority. Our catalogue comes before theirs; `make messages` keeps only what our code
marks, so their strings are marked here. Nobody reads this module at run time.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

STRINGS = (
    _("'%(workflow)s' started. Next step '%(task)s'"),
    _(
        "Active tasks can be added to workflows. Deactivating a task does not "
        "remove it from existing workflows."
    ),
    _(
        "Active workflows can be added to pages/snippets. Deactivating a "
        "workflow does not remove it from existing pages/snippets."
    ),
    _("Add a locale"),
    _("Add a workflow"),
    _("Add locale"),
    _("Add tasks to your workflow"),
    _("Any"),
    _("Approved at '%(task)s'. '%(workflow)s' complete"),
    _("Are you sure you want to delete this locale?"),
    _("Are you sure you want to disable this workflow?"),
    _("Assign your workflow to pages"),
    _("Assign your workflow to snippets"),
    _("Available in %(translations_total)s locales"),
    _("By workflow"),
    _("Cancel workflow "),
    _("Cancelled '%(workflow)s' at '%(task)s'"),
    _(
        "Choose a locale to synchronise content from. Any existing and future "
        "content authored in the selected locale will be automatically copied to "
        "this one."
    ),
    _("Current page status:"),
    _("Delete locale"),
    _("Disable workflow"),
    _("Editing workflow"),
    _("Embed"),
    _("Give your workflow a name"),
    _("Locale"),
    _("Locale '{0}' created."),
    _("Locale '{0}' deleted."),
    _("Locale '{0}' updated."),
    _("Locale: "),
    _("Locales"),
    _("Locked by workflow"),
    _("Locking status"),
    _("New slug"),
    _("New workflow"),
    _("New workflow task"),
    _('No workflows have been created. Why not <a href="%(add_url)s">add one</a>?'),
    _(
        "Pages/snippets at this step in a workflow will be moderated or approved "
        "by these groups of users"
    ),
    _("Publishing this %(model_name)s will cancel the current workflow."),
    _("Publishing this page will cancel the current workflow."),
    _("Reordered"),
    _("Reordered under '%(parent)s'"),
    _("Restart workflow "),
    _("Resubmitted '%(task)s'. Workflow resumed"),
    _("Snippet '%(content_type)s' already has workflow '%(workflow_name)s' assigned."),
    _("Status: "),
    _("Switch locales"),
    _("Synchronise content from another locale"),
    _('The %(model_name)s "%(title)s" has been approved in workflow "%(workflow)s".'),
    _(
        'The %(model_name)s "%(title)s" has been rejected during "%(task)s" '
        'in workflow "%(workflow)s" by %(rejector)s.'
    ),
    _(
        'The %(model_name)s "%(title)s" has been rejected during "%(task)s" '
        'in workflow "%(workflow)s".'
    ),
    _(
        'The %(model_name)s "%(title)s" has been submitted for moderation to '
        'workflow "%(workflow)s" by %(requester)s.'
    ),
    _(
        'The %(model_name)s "%(title)s" has been submitted for moderation to '
        'workflow "%(workflow)s".'
    ),
    _('The %(model_name)s "%(title)s" has been submitted to workflow "%(workflow)s"'),
    _("The locale could not be saved due to errors."),
    _(
        "The name of the page as it will appear in URLs e.g "
        "http://domain.com/blog/[my-slug]/"
    ),
    _('The page "%(title)s" has been approved in workflow "%(workflow)s".'),
    _(
        'The page "%(title)s" has been rejected during "%(task)s" in '
        'workflow "%(workflow)s" by %(rejector)s.'
    ),
    _(
        'The page "%(title)s" has been rejected during "%(task)s" in '
        'workflow "%(workflow)s".'
    ),
    _('The page "%(title)s" has been rejected during "%(workflow)s".'),
    _(
        'The page "%(title)s" has been submitted for moderation to workflow '
        '"%(workflow)s" by %(requester)s.'
    ),
    _(
        'The page "%(title)s" has been submitted for moderation to workflow '
        '"%(workflow)s".'
    ),
    _('The page "%(title)s" has been submitted to workflow "%(workflow)s"'),
    _(
        "The slug '%(page_slug)s' is already in use at the selected parent page. "
        "Make sure the slug is unique and try again."
    ),
    _(
        "The slug '%(page_slug)s' is already in use within the parent page at "
        "'%(parent_url_path)s'."
    ),
    _("The slug '%(page_slug)s' is already in use within the parent page."),
    _('There are no enabled workflows. Why not <a href="%(add_url)s">add one</a>?'),
    _(
        "There may only be one in progress or needs changes workflow state per "
        "page/snippet."
    ),
    _(
        "This %(model_name)s was marked as needing changes at "
        "<strong>%(task)s</strong> in <strong>%(workflow)s</strong>."
    ),
    _(
        "This locale cannot be deleted because there are pages and/or other "
        "objects using it."
    ),
    _("This locale cannot be synced into itself."),
    _(
        "This locale's current language code is not supported. Please choose a "
        "new language or delete this locale."
    ),
    _("This locale's language code is not supported"),
    _("This page already has workflow '%(workflow_name)s' assigned."),
    _(
        "This page was marked as needing changes at <strong>%(task)s</strong> in "
        "<strong>%(workflow)s</strong>."
    ),
    _(
        "This slug is already in use within the context of its parent page "
        '"%(parent_page_title)s"'
    ),
    _(
        "This workflow is currently in progress on "
        "%(workflow_states_in_progress)s pages. Deleting this workflow will "
        "cancel moderation on these page. Are you sure you want to delete this "
        "workflow?"
    ),
    _("This workflow is disabled so it cannot be assigned to any pages."),
    _("This workflow is disabled so it cannot be assigned to any snippets."),
    _(
        "This {model_name} is awaiting <b>'{task_name}'</b> in the "
        "<b>'{workflow_name}'</b> workflow."
    ),
    _("Timeline"),
    _("Used on the following active workflows"),
    _("Wagtail locales"),
    _("Workflow"),
    _("Workflow '%(object)s' created."),
    _("Workflow '%(object)s' disabled."),
    _("Workflow '%(object)s' updated."),
    _("Workflow '%(workflow_name)s' enabled."),
    _("Workflow '%(workflow_name)s' on %(model_name)s '%(title)s': %(status)s"),
    _("Workflow cancelled"),
    _("Workflow completed"),
    _("Workflow history"),
    _("Workflow on %(model_name)s '%(object)s' has been cancelled."),
    _("Workflow on %(model_name)s '%(object)s' has been restarted."),
    _("Workflow on page '%(page_title)s' has been cancelled."),
    _("Workflow on page '%(page_title)s' has been restarted."),
    _("Workflow progress"),
    _("Workflow removed from Page '%(page_title)s'."),
    _("Workflow started"),
    _("Workflow state"),
    _("Workflow states"),
    _("Workflow task approved"),
    _("Workflow task rejected. Workflow complete"),
    _("Workflow task resubmitted. Workflow resumed"),
    _("Workflow tasks"),
    _("Workflow: approve task"),
    _("Workflow: cancel"),
    _("Workflow: reject task"),
    _("Workflow: resume task"),
    _("Workflow: start"),
    _("Workflows"),
    _(
        "Workflows apply to child pages too. If you select a parent page here, "
        "its child pages will also use this workflow. See <a "
        'href="%(workflow_pages_url)s">the list of the pages</a> your workflow '
        "applies to."
    ),
    _("You cannot assign this workflow to the same page multiple times."),
    _("Your pages and snippets in a workflow"),
    _("locale"),
    _("slug"),
    _("workflow"),
    _("workflow page"),
    _("workflow pages"),
    _("workflow state"),
    _("workflow task order"),
    _("workflow task orders"),
    _("workflow_tasks"),
    _("workflows"),
    _("{} locales"),
)

COUNTED = (
    ngettext_lazy(
        "This task is in progress on %(states_in_progress)d page/snippet. "
        "Disabling this task will cause it to be skipped in the moderation "
        "workflow and not be listed for selection when editing a workflow.",
        "This task is in progress on %(states_in_progress)d pages/snippets. "
        "Disabling this task will cause it to be skipped in the moderation "
        "workflow and not be listed for selection when editing a workflow.",
        "states_in_progress",
    ),
    ngettext_lazy(
        "This workflow is in progress on %(states_in_progress)d page/snippet. "
        "Disabling this workflow will cancel moderation on this page/snippet.",
        "This workflow is in progress on %(states_in_progress)d pages/snippets. "
        "Disabling this workflow will cancel moderation on these pages/snippets.",
        "states_in_progress",
    ),
)
