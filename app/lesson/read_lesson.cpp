#include "app/lesson/read_lesson.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "app/files/near_name.h"
#include "app/files/read_text.h"
#include "app/files/whole_path.h"
#include "app/lesson/front_matter.h"
#include "app/lesson/line_error.h"
#include "app/lesson/markdown.h"
#include "app/lesson/scene_block.h"

namespace convscope::lesson {
namespace {

namespace fs = std::filesystem;

// Returns how many values the scene's tensors have.
Index values_of(const Scene& scene) {
  Index values = scene.input.tensor->numel() + scene.learning.hidden.numel() +
                 scene.learning.start.numel() +
                 (scene.learning.picture ? scene.learning.picture->numel() : 0);
  for (const LayerScene& layer : scene.layers)
    values += std::visit([](const auto& kind) { return kind.kernel.weight.numel(); }, layer.kind);
  return values;
}

// Throws where what is dragged is not in the scene, or stands where it can't be dragged to.
void require_control(const TextRun& run, const Scene& scene) {
  const Control& control = *run.live->control;
  const std::string& name = run.live->reference.text;
  const std::optional<double> value = control_value(scene, control);
  if (!value)
    throw LineError(
        run.line, in_quotes(name) + " can't be dragged here; the scene has no such layer or cell");
  if (!offers(control, *value))
    throw LineError(run.line, in_quotes(name) + " stands at " + choice_text(control, *value) +
                                  " in this scene, which is none of what it can be dragged to");
}

// Builds the lesson from the items of its Markdown, step by step.
class Builder {
 public:
  Builder(std::string title, fs::path folder, const Scene* first)
      : source_(default_source(folder)), scene_source_(source_), first_(first) {
    lesson_.title = std::move(title);
    lesson_.folder = std::move(folder);
  }

  void add(MarkdownItem item);
  Lesson finish();

 private:
  Step& step_of(const MarkdownItem& item);
  void begin_step(const MarkdownItem& item);
  void end_step();
  void add_fence(const MarkdownItem& item);
  void count(const Scene& scene);
  void suppose();
  void require_controls() const;

  Lesson lesson_;
  SceneSource source_;        // of the step that is being read
  SceneSource scene_source_;  // of the step before
  const Scene* first_;        // of a first step without a scene of its own; may be null
  int scene_line_ = 0;        // of the step's scene block; 0 for none
  Index values_ = 0;          // of all scenes' tensors
  const Tensor* counted_ = nullptr;
};

Step& Builder::step_of(const MarkdownItem& item) {
  if (lesson_.steps.empty())
    throw LineError(item.line - 1, "the block " + item.info +
                                       " stands before the first step; a heading with ## begins "
                                       "one");
  return lesson_.steps.back();
}

void Builder::begin_step(const MarkdownItem& item) {
  end_step();
  if (lesson_.steps.size() == kMaxLessonSteps)
    throw LineError(item.line, "there are more than " + std::to_string(kMaxLessonSteps) +
                                   " steps; a lesson may have so many");
  if (item.text.empty())
    throw LineError(item.line, "the step has no title; write it behind the ##");
  Step& step = lesson_.steps.emplace_back();
  step.title = item.text;
  step.line = item.line;
}

// Reads the scene of the step, as soon as all of the step is known.
void Builder::end_step() {
  if (lesson_.steps.empty()) return;
  Step& step = lesson_.steps.back();
  const bool first = lesson_.steps.size() == 1;
  const Scene* before = first ? first_ : &lesson_.steps[lesson_.steps.size() - 2].scene;
  if (scene_line_ == 0 && before != nullptr) {
    step.scene = *before;
  } else {
    const int line = scene_line_ == 0 ? step.line : scene_line_;
    step.scene =
        at_line(line, [&] { return scene_of(source_, scene_source_, first ? nullptr : before); });
  }
  // A scene that the lesson was given is not the author's to keep small.
  if (first_ == nullptr || scene_line_ != 0) count(step.scene);
  suppose();
  if (values_ > kMaxLessonValues)
    throw LineError(step.line, "with this step's scene the lesson has " + std::to_string(values_) +
                                   " values in its tensors; it may have " +
                                   std::to_string(kMaxLessonValues));
  scene_source_ = source_;
  scene_line_ = 0;
  require_controls();
}

// Counts the values that the scene holds besides those that it shares with the one before.
void Builder::count(const Scene& scene) {
  values_ += values_of(scene);
  if (scene.input.tensor.get() == counted_) values_ -= scene.input.tensor->numel();
  counted_ = scene.input.tensor.get();
}

// Makes the scenes that the step's questions suppose.
void Builder::suppose() {
  Step& step = lesson_.steps.back();
  for (Prediction& prediction : step.predictions) {
    if (prediction.with.empty()) continue;
    const SceneSource supposed = patched(source_, prediction.with, prediction.with_line);
    prediction.scene =
        at_line(prediction.with_line, [&] { return scene_of(supposed, source_, &step.scene); });
    count(*prediction.scene);
  }
}

// What is dragged must be there in the step's own scene.
void Builder::require_controls() const {
  const Step& step = lesson_.steps.back();
  for (const TextBlock& block : step.blocks) {
    for (const TextRun& run : block.runs) {
      if (run.live && run.live->control) require_control(run, step.scene);
    }
  }
}

void Builder::add_fence(const MarkdownItem& item) {
  Step& step = step_of(item);
  const auto once = [&](int line) {
    if (line != 0)
      throw LineError(item.line - 1, "the step has a second block " + item.info +
                                         ", after that of line " + std::to_string(line - 1) +
                                         "; join the two");
  };
  if (item.info == "scene") {
    once(scene_line_);
    source_ = read_scene_block(item.text, item.line, source_, lesson_.folder);
    scene_line_ = item.line;
  } else if (item.info == "show") {
    once(step.show.line);
    step.show = read_show(item.text, item.line);
  } else {
    TextBlock block;
    block.kind = TextBlockKind::kPrediction;
    block.prediction = step.predictions.size();
    block.line = item.line - 1;
    step.blocks.push_back(std::move(block));
    step.predictions.push_back(read_prediction(item.text, item.line));
  }
}

void Builder::add(MarkdownItem item) {
  switch (item.kind) {
    case MarkdownKind::kTitle:
      if (!lesson_.title.empty() && lesson_.title != item.text)
        throw LineError(item.line, "the lesson has a second title, " + in_quotes(item.text) +
                                       "; a step begins with ##");
      lesson_.title = std::move(item.text);
      return;
    case MarkdownKind::kStep:
      return begin_step(item);
    case MarkdownKind::kFence:
      return add_fence(item);
    case MarkdownKind::kText:
      break;
  }
  std::vector<TextBlock>& blocks =
      lesson_.steps.empty() ? lesson_.opening : lesson_.steps.back().blocks;
  const auto live =
      std::ranges::find_if(item.block.runs, [](const TextRun& r) { return r.live.has_value(); });
  if (lesson_.steps.empty() && live != item.block.runs.end())
    throw LineError(live->line, "{" + live->text +
                                    "} stands before the first step, where there is no scene yet");
  blocks.push_back(std::move(item.block));
}

Lesson Builder::finish() {
  end_step();
  if (lesson_.title.empty())
    throw LineError(1, "the lesson has no title; begin with a line \"# Title\"");
  if (lesson_.steps.empty())
    throw LineError(1, "the lesson has no step; a heading with ## begins one");
  return std::move(lesson_);
}

// Refuses what no text has: it would confuse a terminal, or a brace that is marked.
void require_text(std::string_view text) {
  int line = 1;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') ++line;
    if ((byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F)
      throw LineError(line, "there is a control character, number " + std::to_string(byte) +
                                "; a lesson is plain text");
  }
}

// Names the step that a line is in: `step 2 "Padding", `; empty before the first.
std::string step_text(std::string_view text, int wanted) {
  int step = 0;
  std::string title;
  bool fenced = false;
  for (int line = 1; line <= wanted && !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view whole = text.substr(0, end);
    if (whole.ends_with('\r')) whole.remove_suffix(1);
    if (whole.starts_with("```") || whole.starts_with("~~~")) fenced = !fenced;
    if (!fenced && whole.starts_with("## ")) {
      ++step;
      title = in_quotes(whole.substr(3));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return step == 0 ? "" : "step " + std::to_string(step) + " " + title + ", ";
}

}  // namespace

Lesson parse_lesson(std::string_view text, const std::string& name, const fs::path& folder,
                    const Scene* first) {
  try {
    if (text.size() > kMaxLessonBytes)
      throw LineError(1, "it has " + std::to_string(text.size()) + " bytes; a lesson may have " +
                             std::to_string(kMaxLessonBytes));
    require_text(text);
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    const FrontMatter head = read_front_matter(text);
    Builder builder(head.title, folder, first);
    for (MarkdownItem& item : read_markdown(head.rest))
      builder.add(std::move(item));
    Lesson lesson = builder.finish();
    lesson.name = name;
    return lesson;
  } catch (const LineError& error) {
    throw Error("\"" + name + "\", " + step_text(text, error.line()) + "line " +
                std::to_string(error.line()) + ": " + error.what());
  }
}

Lesson load_lesson(const fs::path& path) {
  const std::optional<FileStamp> stamp = file_stamp(path);  // what is written later is new
  const std::string text = [&] {
    try {
      return read_text(path, kMaxLessonBytes, "a lesson");
    } catch (const Error& error) {
      throw Error("\"" + path.string() + "\" can't be read as a lesson: " + error.what());
    }
  }();
  Lesson lesson = parse_lesson(text, path.string(), whole_path(path).parent_path());
  lesson.file = whole_path(path);
  lesson.stamp = stamp;
  return lesson;
}

}  // namespace convscope::lesson
