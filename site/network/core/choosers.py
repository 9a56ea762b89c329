"""Choosers of the words that the network shares: those that are public."""

from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)


class ChooseWordView(ChooseView):
    def get_object_list(self):
        return super().get_object_list().filter(live=True)


class ChooseWordResultsView(ChooseResultsView):
    def get_object_list(self):
        return super().get_object_list().filter(live=True)


class ChosenWordView(SnippetChosenView):
    def get_object(self, pk):
        return self.model_class.objects.get(pk=pk, live=True)


class ChosenWordsView(SnippetChosenMultipleView):
    def get_objects(self, pks):
        return super().get_objects(pks).filter(live=True)


class PublicWordChooserViewSet(SnippetChooserViewSet):
    """Offers no drafts: Wagtail's own does, to whoever may enter the admin."""

    choose_view_class = ChooseWordView
    choose_results_view_class = ChooseWordResultsView
    chosen_view_class = ChosenWordView
    chosen_multiple_view_class = ChosenWordsView
