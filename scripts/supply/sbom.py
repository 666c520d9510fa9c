"""The list of what a bundle holds, for machines: a software bill of materials in CycloneDX."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from supply.packed import Model, Packed
from supply.wheels import sha256

PROGRAM = "rewriter"


def bill(wheels: Iterable[Packed], models: Iterable[Model], build_flags: str) -> str:
    """Return the bill as JSON: every wheel and model with its digest and licence, and which package needs which."""
    bom = Bom()
    components = {wheel.licensed.name: _package(wheel) for wheel in wheels}
    for name, component in components.items():
        if name == PROGRAM:
            component.type = ComponentType.APPLICATION
            bom.metadata.component = component
        else:
            bom.components.add(component)
    brought = [_model(model) for model in models]
    bom.components.update(brought)
    bom.metadata.properties.add(Property(name=f"{PROGRAM}:cmake-args", value=build_flags))
    _depend(bom, components, {wheel.licensed.name: wheel.needs for wheel in wheels}, brought)
    return str(JsonV1Dot6(bom).output_as_string(indent=1)) + "\n"


def _depend(
    bom: Bom, components: Mapping[str, Component], needs: Mapping[str, frozenset[str]], models: list[Component]
) -> None:
    for name, component in components.items():
        needed = [components[other] for other in sorted(needs[name]) if other in components]
        bom.register_dependency(component, needed + (models if name == PROGRAM else []))


def _package(wheel: Packed) -> Component:
    about = wheel.licensed
    return Component(
        name=about.name,
        version=about.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{about.name}=={about.version}",
        purl=PackageURL("pypi", None, about.name, about.version),
        hashes=[_sha256(sha256(wheel.path))],
        licenses=[LicenseFactory().make_from_string(about.licence)],
        description=f"{wheel.path.name}{about.carries and f'; brings {about.carries}'}",
    )


def _model(model: Model) -> Component:
    return Component(
        name=model.path.name,
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref=f"model:{model.path.name}",
        hashes=[_sha256(model.digest)],
        licenses=[LicenseFactory().make_from_string(model.licence)],
        description=model.title,
    )


def _sha256(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)
