"""Make the pose model bundle from two networks that an older MediaPipe wheel carries.

A `.task` bundle is an uncompressed zip of two TFLite networks. The wheel of MediaPipe 0.10.21 holds
the same networks, without the note that says how pictures are to be scaled for them; MediaPipe 1.x
refuses a network without that note, so it is added here.
"""

import hashlib
import importlib.util
import io
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from formcheck.errors import ModelError
from formcheck.reading import open_file


class Network(NamedTuple):
    """One of the two networks: where it is in the wheel, its name in the bundle, its scaling."""

    member: str
    sha256: str
    bundled_as: str
    mean: float
    """Subtracted from each colour value, 0..255, before it is divided by `std`."""
    std: float


DETECTOR = Network(
    "mediapipe/modules/pose_detection/pose_detection.tflite",
    "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    "pose_detector.tflite",
    127.5,
    127.5,
)
LANDMARKS = Network(
    "mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
    "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    "pose_landmarks_detector.tflite",
    0.0,
    255.0,
)

ALIGNMENT = 64
"""Bytes: where a network starts in the bundle, so that TFLite can use it where it lies."""

ALIGNMENT_FIELD = b"\xfe\xca"
"""The kind of extra field that zip tools write to shift the data behind it."""


def bundle_from_wheel(wheel: Path) -> bytes:
    """Return the bundle of the `full` model, the same bytes each time for the same libraries.

    Raises:
        ModelError: the wheel does not hold the networks that are expected.
    """
    parts = []
    with zipfile.ZipFile(wheel) as archive:
        for network in (DETECTOR, LANDMARKS):
            model = _member(archive, network)
            parts.append((network.bundled_as, _with_scaling(model, network.mean, network.std)))
    return _stored_zip(parts)


def is_bundle(path: Path) -> bool:
    """Whether the file is a zip that holds both networks by their names.

    Raises:
        NotReadable: it can't be read.
    """
    with open_file(path) as file:
        try:
            names = set(zipfile.ZipFile(file).namelist())
        except (OSError, zipfile.BadZipFile):
            return False
    return {DETECTOR.bundled_as, LANDMARKS.bundled_as} <= names


def _member(archive: zipfile.ZipFile, network: Network) -> bytes:
    try:
        content = archive.read(network.member)
    except KeyError:
        raise ModelError(
            "The MediaPipe wheel doesn't contain {file}.", file=network.member
        ) from None
    if hashlib.sha256(content).hexdigest() != network.sha256:
        raise ModelError(
            "{file} in the MediaPipe wheel is not the expected file.", file=network.member
        )
    return content


def _stored_zip(parts: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # the same bytes on every operating system
            entry.external_attr = 0o644 << 16
            entry.extra = _padding(buffer.tell(), name)
            archive.writestr(entry, content)
    return buffer.getvalue()


def _padding(offset: int, name: str) -> bytes:
    """Return an extra field after which the data of a member at `offset` starts aligned."""
    local_header, field_header = 30, 4
    size = -(offset + local_header + len(name) + field_header) % ALIGNMENT
    return ALIGNMENT_FIELD + size.to_bytes(2, "little") + bytes(size)


def _schema(name: str) -> Any:
    """Load one of MediaPipe's schema modules by its file, without importing all of MediaPipe."""
    package = importlib.util.find_spec("mediapipe")
    for folder in (package.submodule_search_locations or []) if package else []:
        path = Path(folder, "tasks", "metadata", f"{name}.py")
        spec = importlib.util.spec_from_file_location(f"formcheck_{name}", path)
        if path.is_file() and spec and spec.loader:
            module: ModuleType = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    raise ModelError("MediaPipe is not fully installed. Install it with: pip install mediapipe")


def _packed(tree: Any, identifier: bytes) -> bytes:
    import flatbuffers

    builder = flatbuffers.Builder(0)
    builder.Finish(tree.Pack(builder), identifier)
    return bytes(builder.Output())


def _scaling_metadata(mean: float, std: float) -> bytes:
    schema = _schema("metadata_schema_py_generated")
    scaling = schema.NormalizationOptionsT()
    scaling.mean, scaling.std = [mean], [std]
    step = schema.ProcessUnitT()
    step.optionsType = schema.ProcessUnitOptions.NormalizationOptions
    step.options = scaling
    image = schema.ImagePropertiesT()
    image.colorSpace = schema.ColorSpaceType.RGB
    content = schema.ContentT()
    content.contentPropertiesType = schema.ContentProperties.ImageProperties
    content.contentProperties = image
    tensor = schema.TensorMetadataT()
    tensor.name, tensor.content, tensor.processUnits = b"image", content, [step]
    graph = schema.SubGraphMetadataT()
    graph.inputTensorMetadata = [tensor]
    metadata = schema.ModelMetadataT()
    metadata.name, metadata.subgraphMetadata = b"pose", [graph]
    return _packed(metadata, b"M001")


def _with_scaling(model: bytes, mean: float, std: float) -> bytes:
    """Return the network with the note on how to scale a picture for it."""
    schema = _schema("schema_py_generated")
    name = b"TFLITE_METADATA"
    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(model, 0))
    buffer = schema.BufferT()
    buffer.data = np.frombuffer(_scaling_metadata(mean, std), np.uint8)
    tree.buffers.append(buffer)
    entry = schema.MetadataT()
    entry.name, entry.buffer = name, len(tree.buffers) - 1
    tree.metadata = [old for old in tree.metadata or [] if old.name != name] + [entry]
    return _packed(tree, b"TFL3")
