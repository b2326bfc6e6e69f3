"""A missing server skips a test here and fails it on CI."""

import pytest

from tests.harness import requirements


def test_a_missing_requirement_skips_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PARLEY_SHARED_DATA", "/nowhere")

    with pytest.raises(pytest.skip.Exception, match="No real test data at /nowhere"):
        requirements.require_shared_data()


def test_a_missing_requirement_fails_on_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("PARLEY_SHARED_DATA", "/nowhere")

    with pytest.raises(pytest.fail.Exception, match="CI=true and a requirement is missing"):
        requirements.require_shared_data()


def test_any_skip_fails_on_ci(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("PYTHONPATH", str(requirements.ROOT))
    pytester.makeconftest("from tests.conftest import pytest_runtest_makereport")
    pytester.makepyfile("import pytest\ndef test_left_out(): pytest.skip('later')")

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(failed=1)
