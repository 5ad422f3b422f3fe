#include "app/cli/lesson.h"

#include <CLI/App.hpp>
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "app/cli/lesson_questions.h"
#include "app/cli/report.h"
#include "app/cli/usage_error.h"
#include "app/lesson/check_lesson.h"
#include "app/lesson/plain_text.h"
#include "app/lesson/read_lesson.h"
#include "app/lesson/shipped_lessons.h"
#include "app/lesson/vocabulary_page.h"

namespace convscope::cli {
namespace {

struct LessonArguments {
  std::vector<std::string> files;
  bool check = false;
  bool vocabulary = false;
  std::string questions;  // the scene to ask about
  std::uint64_t seed = 1;
};

// Reads a file, or the shipped lesson of this name where there is no such file.
lesson::Lesson read(const std::string& file) {
  std::error_code ignored;
  const auto shipped = std::ranges::find(lesson::shipped_lessons(), std::string_view(file),
                                         &lesson::ShippedLesson::name);
  const bool named = shipped != lesson::shipped_lessons().end();
  return named && !std::filesystem::exists(file, ignored) ? lesson::read_shipped(*shipped)
                                                          : lesson::load_lesson(file);
}

lesson::StepLimits limits_of(const CommandContext& context) {
  return {context.scene_memory, context.memory};
}

void print(const lesson::Lesson& read, const CommandContext& context) {
  context.out << read.title << "\n\n";
  const std::string opening = lesson::plain_blocks(read.opening, {}, {});
  if (!opening.empty()) context.out << opening << '\n';
  for (std::size_t i = 0; i < read.steps.size(); ++i) {
    const lesson::StepValues values = lesson::values_of(read.steps[i], limits_of(context));
    context.out << (i == 0 ? "" : "\n") << lesson::plain_step(read, i, values);
  }
}

std::string count_of(std::size_t count, const char* one, const char* more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

// Says which answers nothing is compared with: "; 1 answer is not checked (line 50: …)".
std::string unchecked_text(const std::vector<lesson::UncheckedAnswer>& answers) {
  if (answers.empty()) return "";
  std::string lines;
  for (std::size_t i = 0; i < answers.size(); ++i)
    lines += (i == 0                    ? ""
              : i + 1 == answers.size() ? " and "
                                        : ", ") +
             std::to_string(answers[i].line);
  return "; " + count_of(answers.size(), "answer is", "answers are") + " not checked (" +
         (answers.size() == 1 ? "line " : "lines ") + lines +
         ": write what it is the value of, as in `" + answers.front().suggested +
         "`, to have it checked)";
}

// Every file is checked, also after one that can't be read.
void check(const std::vector<std::string>& files, const CommandContext& context) {
  std::size_t wrong = 0;
  for (const std::string& file : files) {
    std::vector<std::string> failures;
    lesson::LessonCheck checked;
    try {
      checked = lesson::check_lesson(read(file), limits_of(context));
      failures = checked.failures;
    } catch (const Error& error) {
      failures = {error.what()};
    }
    for (const std::string& failure : failures)
      context.out << sentence(failure) << '\n';
    wrong += failures.size();
    if (failures.empty())
      context.out << file << ": "
                  << count_of(checked.stated, "stated value holds", "stated values hold") << " in "
                  << count_of(checked.steps, "step", "steps") << unchecked_text(checked.unchecked)
                  << '\n';
  }
  if (wrong > 0)
    throw Error(count_of(wrong, "thing is wrong", "things are wrong") + " in " +
                count_of(files.size(), "lesson", "lessons"));
}

void run(const LessonArguments& arguments, const CommandContext& context) {
  if (!arguments.questions.empty()) {
    if (arguments.check || arguments.vocabulary || !arguments.files.empty())
      throw UsageError("--questions prints a lesson about one scene; leave out what is beside it");
    return print_questions(arguments.questions, arguments.seed, context);
  }
  if (arguments.vocabulary) {
    if (arguments.check || !arguments.files.empty())
      throw UsageError("--vocabulary prints the words of all lessons; leave out what is beside it");
    context.out << lesson::vocabulary_page();
    return;
  }
  if (arguments.files.empty())
    throw UsageError("no lesson is named; give a file (.md), --questions SCENE, or --vocabulary");
  if (arguments.check) return check(arguments.files, context);
  for (std::size_t i = 0; i < arguments.files.size(); ++i) {
    context.out << (i == 0 ? "" : "\n");
    print(read(arguments.files[i]), context);
  }
}

}  // namespace

void add_lesson(CLI::App& app, const CommandContext& context) {
  CLI::App* command =
      app.add_subcommand("lesson", "Print lessons with their values, or check what they state");
  const auto arguments = std::make_shared<LessonArguments>();
  command->add_option("files", arguments->files, "lessons (.md), or names of shipped ones")
      ->type_name("FILE");
  command->add_flag("--check", arguments->check,
                    "compare every stated value with the engine; exit 1 where one differs");
  command->add_flag("--vocabulary", arguments->vocabulary,
                    "print the words that can stand in braces, as Markdown");
  CLI::Option* questions =
      command
          ->add_option("--questions", arguments->questions,
                       "print a lesson of questions about a scene, as Markdown")
          ->type_name("SCENE");
  command
      ->add_option("--seed", arguments->seed,
                   "chooses the cells that are asked for and the order of the options")
      ->type_name("N")
      ->needs(questions);
  command->callback([arguments, context] { run(*arguments, context); });
}

}  // namespace convscope::cli
