"""The package names are generic, so it is worth knowing that ours are the ones that get imported."""

import importlib.util

import pytest

from tests.architecture import source


@pytest.mark.parametrize("package", source.PACKAGES)
def test_a_package_is_imported_from_this_checkout(package: str):
    spec = importlib.util.find_spec(package)

    assert spec is not None
    assert spec.origin == str(source.ROOT / package / "__init__.py")


def test_every_package_of_the_checkout_is_shipped_and_stands_in_the_contracts():
    not_shipped = {"tests", "bench"}
    found = {file.parent.name for file in source.ROOT.glob("*/__init__.py")} - not_shipped
    shipped = source.PYPROJECT["tool"]["setuptools"]["packages"]["find"]["include"]

    assert found == set(source.PACKAGES)
    assert found == {name.removesuffix("*") for name in shipped}
    assert found == set(source.PYPROJECT["tool"]["mypy"]["files"]) - not_shipped


def test_every_folder_with_code_is_a_package():
    """Without __init__.py a folder is left out of the wheel and of the import contracts."""
    folders = {file.parent for file in source.product_files()}

    assert [source.shown(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
