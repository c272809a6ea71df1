"""Agreement on clips: curves of teacher and brows, and what of them counts."""

from pathlib import Path

import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from scipy.special import expit

from tpviewer.core.errors import ParameterError
from tpviewer.training import evaluate_clips, teacher
from tpviewer.training.brow_geometry import brow_curves, without_pose
from tpviewer.training.evaluate_clips import KINDS, ModelCurves, clip_agreement, mean_correlation, pearson
from tpviewer.training.teacher import TEACHER_CURVES, WIDE_GAP, Teacher, TeacherCurves, teacher_curves

N = 60
NAMES = tuple(sorted({name for names in TEACHER_CURVES.values() for name in names}))
INNER, OUTER = [55, 107, 285, 336], [46, 53, 63, 70, 276, 283, 293, 300]


def face() -> np.ndarray:
    """Something like a mesh: random points, the named ones where a face has them."""
    points = np.random.default_rng(0).normal(0, 40, (478, 3))
    places = {
        **{33: (-45, 0, 10), 133: (-18, 0, 5), 362: (18, 0, 5), 263: (45, 0, 10)},
        **{168: (0, 0, -5), 6: (0, 8, -8), 197: (0, 15, -12), 195: (0, 22, -16)},
        **{127: (-70, 5, 50), 356: (70, 5, 50), 234: (-72, 20, 60), 454: (72, 20, 60)},
        **{10: (0, -70, 0), 164: (0, 45, -10), 13: (0, 60, -8), 14: (0, 60, -8)},
        **{151: (0, -45, -5), 2: (0, 35, -14), 54: (-50, -50, 20), 284: (50, -50, 20)},
    }
    for number, place in places.items():
        points[number] = place
    for number in INNER + OUTER:
        points[number, 1] = -25
    return points


def filmed(brows: np.ndarray, turn: bool = True) -> np.ndarray:
    """Meshes of a face that raises its inner brows by `brows` while its head turns, nods and comes nearer."""
    frames = []
    for k, raised in enumerate(brows):
        points = face()
        points[INNER, 1] -= raised
        if turn:
            angles = (20 * np.sin(k), 15 * np.cos(2 * k), 5 * np.sin(3 * k))
            points = Rotation.from_euler("yxz", angles, degrees=True).apply(points)
            points = points * (1 + 0.3 * np.sin(k / 5)) + (200, 150 + k, 0)
        frames.append(points)
    return np.array(frames, np.float32)


def test_brows_are_measured_whatever_the_head_does() -> None:
    raised = 8 * np.abs(np.sin(np.arange(N) / 9))
    mesh = filmed(raised)
    mesh[3] = np.nan
    curves = brow_curves(mesh)
    known = np.arange(N) != 3
    assert np.isnan(curves["AU01"][3])
    inner = curves["AU01"][known]
    np.testing.assert_allclose(inner - inner[0], (raised - raised[0])[known] / 90, atol=2e-3)
    assert np.ptp(curves["AU02"][known]) < 2e-3
    assert pearson(curves["AU04"][known], -raised[known]) > 0.99


def test_what_goes_with_the_pose_can_be_taken_off() -> None:
    mesh = filmed(np.zeros(N))
    yaw = np.array([np.sin(k) for k in range(N)])
    rest = np.random.default_rng(1).normal(0, 0.05, N)
    left = without_pose(3 * yaw + rest, mesh)
    assert left.std() < 0.5
    assert np.isfinite(left).all()


def curves(**blendshapes: np.ndarray) -> TeacherCurves:
    scores = np.zeros((N, len(NAMES)), np.float32)
    for name, values in blendshapes.items():
        scores[:, NAMES.index(name)] = values
    return TeacherCurves(NAMES, scores, filmed(np.zeros(N), turn=False))


def test_the_teachers_curve_is_the_mean_of_both_sides() -> None:
    wave = np.abs(np.sin(np.arange(N) / 7)).astype(np.float32)
    known = curves(mouthSmileLeft=wave, mouthSmileRight=wave / 2)
    np.testing.assert_allclose(known.of("AU12"), 0.75 * wave, rtol=1e-6)
    known.mesh[:, 14, 1] = known.mesh[:, 13, 1] + 9
    assert known.of("AU25") == pytest.approx(np.full(N, 0.1 / WIDE_GAP), rel=1e-4)


def test_only_curves_that_move_count(monkeypatch: pytest.MonkeyPatch) -> None:
    wave = np.abs(np.sin(np.arange(N) / 7)).astype(np.float32)
    seen = curves(mouthSmileLeft=wave, mouthSmileRight=wave, jawOpen=0.05 * wave)
    raw = np.stack([wave * 4 - 2, -wave, wave], axis=1).astype(float)
    raw[5] = np.nan
    monkeypatch.setattr(evaluate_clips, "teacher_curves", lambda *_: seen)
    mine = ModelCurves(("AU12", "AU26", "AU01"), raw, raw)
    monkeypatch.setattr(evaluate_clips, "model_curves", lambda *_: mine)
    rows = clip_agreement(Path("model"), [Path("clip.mp4")], Path("teacher"))
    found = {(row.au, row.against): row for row in rows}
    smile = found["AU12", "teacher"]
    assert smile.counted
    assert smile.frames == N - 1
    known = np.arange(N) != 5
    assert smile.r_logit == pytest.approx(1)
    assert smile.r_probability == pytest.approx(np.corrcoef(wave[known], expit(raw[known, 0]))[0, 1])
    assert not found["AU26", "teacher"].counted
    assert not found["AU01", KINDS[1]].counted
    assert mean_correlation(rows, "teacher", "r_logit") == pytest.approx(1)
    assert np.isnan(mean_correlation(rows, KINDS[1]))


def test_a_constant_answer_to_a_moving_face_counts_as_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    wave = np.abs(np.sin(np.arange(N) / 7)).astype(np.float32)
    monkeypatch.setattr(evaluate_clips, "teacher_curves", lambda *_: curves(jawOpen=wave))
    flat = ModelCurves(("AU26",), np.zeros((N, 1)), np.zeros((N, 1)))
    monkeypatch.setattr(evaluate_clips, "model_curves", lambda *_: flat)
    rows = clip_agreement(Path("model"), [Path("clip.mp4")], Path("teacher"))
    assert np.isnan(rows[0].r_logit)
    assert mean_correlation(rows, "teacher") == 0.0


def test_curves_are_kept_by_the_contents_of_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video, task, looks = tmp_path / "a.mp4", tmp_path / "a.task", []
    video.write_bytes(b"video")
    task.write_bytes(b"task")

    def look(path: Path, _: Path) -> TeacherCurves | None:
        looks.append(path)
        return None if path.read_bytes() == b"nobody" else curves()

    monkeypatch.setattr(teacher, "_seen", look)
    first, again = (teacher_curves(video, task, tmp_path / "kept") for _ in range(2))
    assert first.names == again.names
    assert (first.mesh == again.mesh).all()
    assert len(looks) == 1
    video.write_bytes(b"nobody")
    assert teacher_curves(video, task, tmp_path / "kept") is None
    assert teacher_curves(video, task, tmp_path / "kept") is None
    assert len(looks) == 2


def test_a_teacher_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no such file; --teacher"):
        Teacher(tmp_path / "absent.task")
    with pytest.raises(ParameterError, match="no such file; --teacher"):
        teacher_curves(tmp_path / "a.mp4", tmp_path / "absent.task", tmp_path)
    (tmp_path / "text.task").write_text("no model")
    with pytest.raises(ParameterError, match="not a FaceLandmarker"):
        Teacher(tmp_path / "text.task")


@pytest.mark.shared
def test_the_teacher_sees_a_smile(shared_data: Path) -> None:
    from tpviewer.media.source import open_source

    smiles: dict[str, list[float]] = {"neutral": [], "smiling": []}
    looker = Teacher(shared_data / "teacher" / "face_landmarker.task")
    for pose, found in smiles.items():
        for path in sorted((shared_data / "faces" / "london" / pose).iterdir())[:4]:
            with open_source(path) as source:
                scores, mesh = looker.look(source.read(0))
            found.append(scores["mouthSmileLeft"])
            assert mesh.shape == (478, 3)
            assert mesh[:, :2].min() > 0
    looker.close()
    assert np.mean(smiles["smiling"]) > np.mean(smiles["neutral"]) + 0.3
