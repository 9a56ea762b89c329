"""What an approval makes public. Wagtail reads this while it makes its own models."""


def publish_what_was_read(workflow_state, user=None) -> None:
    """Publish what was submitted and read, and not what was written since.

    Wagtail publishes the latest draft, which nobody may have looked at.
    """
    workflow_state.current_task_state.revision.publish(user=user)
