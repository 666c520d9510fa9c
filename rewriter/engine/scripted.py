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
            written = tuple(self._cut(request, self._write(request, k)) for k in range(request.n))
            answers.append(written)
            if progress:
                progress(len(written), sum(completion.tokens for completion in written))
        return answers

    def _cut(self, request: CompletionRequest, text: str) -> Completion:
        """End a text where a real engine would: at the first stop, or after `max_tokens` words."""
        ends = [at for stop in request.stop if (at := text.find(stop)) >= 0]
        text = text[: min(ends)] if ends else text
        words = text.split(" ")
        if len(words) > request.max_tokens:
            return Completion(" ".join(words[: request.max_tokens]), request.max_tokens, finished=False)
        return Completion(text, self.count(text), finished=True)

    def score(self, questions: Sequence[Question], progress: Progress | None = None) -> list[tuple[float, ...]]:
        """Judge each question by the rule."""
        self.questions.extend(questions)
        if progress:
            progress(len(questions), 0)
        return [self._judge(question) for question in questions]

    def count(self, text: str) -> int:
        """Count words."""
        return len(text.split())

    def forget(self) -> None:
        """Nothing is shared."""
