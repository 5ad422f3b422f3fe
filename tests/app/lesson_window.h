#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <string_view>

#include "app/lesson/find_lesson.h"
#include "app/lesson/read_lesson.h"
#include "tests/app/app_harness.h"
#include "tests/app/drawn_text.h"

namespace convscope::program {

// Three steps over the notebook's first sum, with all that a lesson can have.
inline constexpr std::string_view kThreeSteps = R"(# The border

What stands before the first step.

## Without padding

```scene
first-sum
```

```show
page: kernel
show: input, kernel, output
point: output[0, 0]
```

The output has {output.shape = 2 × 2} cells, and *the first* is **{output[0, 0] = 19}**.

- one item with `code`
- padding {padding: 0..3 = 0}, stored as {padding_mode: zeros | reflect}

> A quote with a [link](https://example.org).

## With padding

```scene
same
{"conv": {"padding": [1, 1, 1, 1]}}
```

```show
dim: pooled
point: padding, kernel[0, 1]
```

```predict
question: What is the first cell of the output now?
hide: output
answer: output[0, 0] = 0
explain: The window lies on the border: {output[0, 0].terms}.
```

Behind the question stands the secret: {output.shape = 4 × 4}.

## A choice

```predict
question: What does a border of zeros do to the corner?
options: makes it smaller | makes it larger
answer: makes it smaller
explain: Zeros add nothing.
```

```predict
question: What does the output's first cell become with padding 0?
with: {"conv": {"padding": [0, 0, 0, 0]}}
answer: output[0, 0] = 19
```

The end.
)";

inline LessonPtr lesson_from(std::string_view text) {
  return std::make_shared<const lesson::Lesson>(lesson::parse_lesson(text, "border.md", {}));
}
inline LessonPtr shipped_lesson(std::string_view name) {
  return std::make_shared<const lesson::Lesson>(lesson::read_shipped(lesson::find_shipped(name)));
}

// The program with a lesson open.
class LessonWindow : public AppHarness {
 public:
  explicit LessonWindow(LessonPtr lesson = lesson_from(kThreeSteps), std::size_t step = 0,
                        ImVec2 size = {1280, 720}, ViewSettings view = {})
      : AppHarness(size, default_scene(), std::move(view)), before_(app().document().scene()) {
    app().perform(ShowLesson{std::move(lesson), step});
    settle();
  }
  const Lectern& lectern() const { return app().lessons().lectern; }
  std::size_t step() const { return lectern().place().step; }
  const Scene& scene() const { return app().document().scene(); }
  // That was there before the lesson.
  const Scene& before() const { return before_; }
  Index padding() const { return first_layer(scene()).conv.padding.top; }

 private:
  Scene before_;
};

}  // namespace convscope::program
