"""An engine that answers from a list, or from a function: the whole pipeline is tested without a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rewriter.engine.base import Completion, CompletionRequest, Progress, Question


class ScriptedEngine:
    """Answers by rule: `write` gives the text for a request and a candidate's number, `judge` the probabilities.

    A word counts as one token. Every request and question is kept for the test to look at.
    """

    def __init__(
        self,
        write: Callable[[CompletionRequest, int], str],
        judge: Callable[[Question], tuple[float, ...]] | None = None,
        parameters: int = 0,
    ) -> None:
        self.parameters = parameters
        self._write = write
        self._judge = judge or (lambda question: (1.0,) + (0.0,) * (len(question.answers) - 1))
        self.requests: list[CompletionRequest] = []
        self.questions: list[Question] = []

    def complete(
        self, requests: Sequence[CompletionRequest], progress: Progress | None = None
    ) -> list[tuple[Completion, ...]]:
        """Answer each request `n` times by the rule."""
        self.requests.extend(requests)
        answers = []
        for request in requests:
            texts = [self._write(request, k) for k in range(request.n)]
            answers.append(tuple(Completion(text, self.count(text), finished=True) for text in texts))
            if progress:
                progress(len(texts), sum(self.count(text) for text in texts))
        return answers

    def score(self, questions: Sequence[Question], progress: Progress | None = None) -> list[tuple[float, ...]]:
        """Judge each question by the rule."""
        self.questions.extend(questions)
        if progress:
            progress(len(questions), 0)
        return [self._judge(question) for question in questions]

    def count(self, text: str) -> int:
        """Count words."""
        return len(text.split())
