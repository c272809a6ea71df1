"""MediaPipe's graphs: in which thread they work, and face meshes as arrays."""

from typing import Any

from tpviewer.models.landmark_bytes import landmarks

MESH_GRAPH = "mediapipe/modules/face_landmark/face_landmark_front_cpu.binarypb"

_LANDMARKS = "mediapipe.NormalizedLandmarkList"


def in_calling_thread(solution: Any) -> Any:
    """Subclass a solution of MediaPipe so that its graph works in the thread that calls it.

    By itself each graph has threads of its own. Beside other graphs they only wait for one another.

    Parameters
    ----------
    solution : type
        A subclass of MediaPipe's ``SolutionBase``, or that itself.
    """

    class InCallingThread(solution):  # type: ignore[misc]
        def _initialize_graph_interface(self, *arguments: Any, **named: Any) -> Any:
            config = super()._initialize_graph_interface(*arguments, **named)
            del config.executor[:]
            config.executor.add().type = "ApplicationThreadExecutor"
            return config

    return InCallingThread


def mesh_graph(base: Any, faces: int, following: bool, outputs: list[str]) -> Any:
    """Start the graph.

    Parameters
    ----------
    base : type
        MediaPipe's ``SolutionBase``.
    faces : int
        Most faces that are looked for.
    following : bool
        Whether a face is looked for where it was in the picture before.
    outputs : list of str
        'multi_face_landmarks', each face's a (468, 3) float32 array relative to the picture;
        'face_detections'.
    """
    from mediapipe.python._framework_bindings import _packet_getter

    class Graph(in_calling_thread(base)):  # type: ignore[misc]
        def _get_packet_content(self, packet_data_type: Any, output_packet: Any) -> Any:
            is_list = packet_data_type.name == "PROTO_LIST" and not output_packet.is_empty()
            if not (is_list and _packet_getter._get_proto_vector_size(output_packet)):
                return super()._get_packet_content(packet_data_type, output_packet)
            if _packet_getter._get_proto_vector_element_type_name(output_packet) != _LANDMARKS:
                return super()._get_packet_content(packet_data_type, output_packet)
            return [landmarks(face) for face in _packet_getter._get_serialized_proto_list(output_packet)]

    return Graph(
        binary_graph_path=MESH_GRAPH,
        side_inputs={"num_faces": faces, "with_attention": False, "use_prev_landmarks": following},
        outputs=outputs,
    )
