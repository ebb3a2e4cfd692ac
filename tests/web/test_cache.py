from app.web.cache import YOUNG_SECONDS, Kept, PageCache, State

A, B, C = (Kept(name.encode(), name) for name in "abc")
FIRST, SECOND = State(1, 1), State(2, 2)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_pages_asked_for_last_are_kept_and_the_others_forgotten() -> None:
    cache = PageCache(most=2, largest=10)
    cache.put("a", FIRST, A)
    cache.put("b", FIRST, B)
    assert cache.get("a", FIRST) == A
    cache.put("c", FIRST, C)
    assert cache.get("b", FIRST) is None
    assert cache.get("a", FIRST) == A


def test_a_page_too_large_is_not_kept() -> None:
    cache = PageCache(largest=3)
    cache.put("a", FIRST, Kept(b"long", "a"))
    assert cache.get("a", FIRST) is None


def test_a_change_is_seen_at_once() -> None:
    cache = PageCache()
    cache.put("a", FIRST, A)
    assert cache.get("a", SECOND) is None


def test_what_comes_in_in_bulk_is_seen_a_moment_later() -> None:
    clock = Clock()
    cache = PageCache(clock=clock)
    cache.put("a", State(5, 3), A)
    assert cache.get("a", State(9, 3)) == A
    clock.now += YOUNG_SECONDS
    assert cache.get("a", State(9, 3)) is None
    assert cache.get("a", State(5, 3)) == A


def test_a_change_among_what_comes_in_in_bulk_is_seen_at_once() -> None:
    cache = PageCache()
    cache.put("a", State(5, 3), A)
    assert cache.get("a", State(9, 6)) is None


def test_a_page_of_a_library_that_went_back_is_not_shown() -> None:
    cache = PageCache()
    cache.put("a", State(9, 3), A)
    assert cache.get("a", State(5, 3)) is None
