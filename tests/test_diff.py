"""A diff tells words, moved paragraphs, numbers and names, and loses nothing."""

from hypothesis import given
from hypothesis import strategies as st

from archive.diff import Op, Piece, as_html, as_text, diff

LONG = "The harbour office keeps the winter timetable of the ferries until the ice has gone."
OTHER = "Three lighthouses were given to the municipality, which rents them to visitors in summer."


def test_one_digit_is_told_as_a_number() -> None:
    pieces = diff("It costs 1.5 billion euros.", "It costs 15 billion euros.")
    assert pieces == (
        Piece(Op.SAME, "It costs "),
        Piece(Op.REMOVED, "1.5", frozenset({"number"})),
        Piece(Op.ADDED, "15", frozenset({"number"})),
        Piece(Op.SAME, " billion euros."),
    )
    assert as_text(pieces) == "It costs [-1.5-]{+15+} billion euros."


def test_a_changed_name_is_told_as_a_name() -> None:
    added = [
        piece
        for piece in diff("says minister Berg today", "says minister Dahl today")
        if piece.op is Op.ADDED
    ]
    assert added == [Piece(Op.ADDED, "Dahl", frozenset({"name"}))]


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    assert not any(piece.marks for piece in diff("It rains. Then snow.", "It rains. Later snow."))


def test_a_paragraph_that_changed_its_place_is_moved_not_rewritten() -> None:
    pieces = diff(f"{LONG}\n{OTHER}\nBrief.", f"{OTHER}\n{LONG}\nBrief.")
    assert Op.REMOVED not in {piece.op for piece in pieces}
    assert [piece.op for piece in pieces].count(Op.MOVED) == 1


def test_markup_in_a_text_stays_text() -> None:
    assert as_html(diff("a", "<script>x</script> 1")) == (
        '<del>a</del><ins class="number">&lt;script&gt;x&lt;/script&gt; 1</ins>'
    )


def test_a_text_against_itself_is_one_piece() -> None:
    assert diff(LONG, LONG) == (Piece(Op.SAME, LONG),)


LINES = st.lists(
    st.sampled_from([LONG, OTHER, "Background", "5 March", "Minister Berg said so.", ""]), max_size=8
)


@given(LINES, LINES)
def test_without_what_was_removed_it_is_the_new_text(old: list[str], new: list[str]) -> None:
    pieces = diff("\n".join(old), "\n".join(new))
    kept = "".join(piece.text for piece in pieces if piece.op is not Op.REMOVED)
    assert sorted(kept.split()) == sorted("\n".join(new).split())


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_have_a_diff(old: str, new: str) -> None:
    pieces = diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.op is not Op.REMOVED).strip() == new.strip()
