"""What the arguments of addresses stand for, and which addresses are not tried.

When an address is new and a test says that it cannot be filled in, say here what its
arguments stand for; one that cannot be tried at all goes to `SKIPPED`, with a reason.
"""

from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Revision,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    Translation,
    TranslationSource,
)

from cities.models import CasePage
from home.models import NetworkSettings
from network.core.models import Topic
from network.media.models import Document, Picture
from network.users.models import User

# Why an address is not tried.
SKIPPED = {
    "wagtailadmin_error_test": "raises an exception on purpose, to try error mails",
}

# What an argument of an address stands for, by its name.
ARGUMENTS = {
    **dict.fromkeys(
        ["page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"],
        Page,
    ),
    **dict.fromkeys(["revision_id", "revision_id_a", "revision_id_b"], Revision),
    **dict.fromkeys(["document_id", "doc_id"], Document),
    "image_id": Picture,
    "uploaded_file_id": UploadedFile,
    "collection_id": Collection,
    "restriction_id": CollectionViewRestriction,
    "page_view_restriction_id": PageViewRestriction,
    "redirect_id": Redirect,
    "task_id": Task,
    "task_state_id": TaskState,
    "workflow_pk": Workflow,
    "workflow_state_id": WorkflowState,
    "translation_id": Translation,
    "translation_source_id": TranslationSource,
    "string_segment_id": StringSegment,
    "overridable_segment_id": OverridableSegment,
    "session_id": EditingSession,
    "object_id": CasePage,
}

# What `pk` stands for where the view does not say so, or says it of something else.
KEYS = {
    **dict.fromkeys(["people:send_again", "people:revoke"], "users.Invitation"),
    **dict.fromkeys(
        ["people:person", "people:close", "people:open", "people:free"], User
    ),
    "restore": "moderation.Retraction",
    "moderation_send_again": "moderation.Mail",
    "translation_batch": "translation.Batch",
    "close_city": Page,
    "reopen_city": Page,
    "wagtailadmin_pages:revisions_compare": Page,
    "wagtailadmin_workflows:enable": Workflow,
    "wagtailadmin_workflows:usage": Workflow,
    "wagtailadmin_workflows:usage_results": Workflow,
    "wagtailadmin_workflows:edit_task": Task,
    "wagtailadmin_workflows:enable_task": Task,
    "wagtail_localize:submit_snippet_translation": Topic,
    "wagtail_localize:snippets_api_detail": Topic,
    "wagtailsettings:edit": NetworkSettings,
    "wagtailsettings:preview_on_edit": NetworkSettings,
}

TOPIC = {"app_label": "core", "model_name": "topic"}
TERM = {"app_label": "home", "model_name": "term"}
CASE = {"app_label": "cities", "model_name": "casepage"}
CITY = {"app_label": "cities", "model_name": "citypage"}

# Arguments that are words, by the name of the address, or by their own.
WORDS = {
    "wagtail_localize:submit_snippet_translation": [TOPIC],
    "wagtail_localize:snippets_api_listing": [TOPIC, TERM],
    "wagtail_localize:snippets_api_detail": [TOPIC],
    "wagtailadmin_pages:choose_parent": [CASE, CITY],
    "wagtailadmin_editing_sessions:ping": [CASE],
    "wagtailadmin_workflows:add_task": [
        {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}
    ],
    "wagtailadmin_tag_model_autocomplete": [
        {"app_name": "taggit", "model_name": "tag"}
    ],
    "wagtailadmin_api:pages:action": [
        {"action_name": name}
        for name in (
            *("convert_alias", "copy", "delete", "publish", "unpublish", "move"),
            *("copy_for_translation", "create_alias", "revert_to_page_revision"),
        )
    ],
    "content_type_app_name": [
        {"content_type_app_name": "cities", "content_type_model_name": "casepage"}
    ],
    "action_name": [{"action_name": "approve"}, {"action_name": "reject"}],
    "filter_spec": [{"filter_spec": "original"}],
    "section": [{"section": "fr"}, {"section": "en"}],
    "digest": [{"digest": "0123456789ab"}],
    "mode": [{"mode": ""}],
    "app_name": [{"app_name": "home", "model_name": "networksettings"}],
    "moderation_job_again": [{"job": "00000000-0000-4000-8000-000000000000"}],
    "accept_invitation": [{"token": "c0ffee"}],
    "account_reset_password_from_key": [{"uidb36": "1", "key": "c0ffee-0123456789"}],
    "uidb64": [{"uidb64": "MQ", "token": "c0ffee-0123456789"}],
}
