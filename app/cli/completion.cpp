#include "app/cli/completion.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/report.h"
#include "app/cli/usage_error.h"

namespace convscope::cli {
namespace {

// An option as shells see it.
struct Word {
  std::string name;  // without its dashes
  std::string description;
  bool value = false;  // whether a value follows
};

// Returns a description up to where it goes into details.
std::string brief(const std::string& description) {
  const std::string text = description.substr(0, description.find_first_of(";:"));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::vector<Word> options_of(const CLI::App& app) {
  std::vector<Word> words;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames())
      words.push_back(
          {name, brief(option->get_description()), option->get_items_expected_max() > 0});
  return words;
}

// Puts a text between single quotes, as all three shells read it.
std::string in_quotes(std::string_view text, std::string_view quote = "'\\''") {
  std::string all = "'";
  for (const char c : text) {
    if (c == '\'')
      all += quote;
    else
      all += c;
  }
  return all + "'";
}

std::string dashed(const std::vector<Word>& words) {
  std::string all;
  for (const Word& word : words)
    all += (all.empty() ? "--" : " --") + word.name;
  return all;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  std::vector<const CLI::App*> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    commands.push_back(command);
  return commands;
}

// A word that begins with a dash is an option, the first other word a command, and all else a file.
void write_bash(const CLI::App& app, std::ostream& out) {
  std::string names;
  for (const CLI::App* command : commands_of(app))
    names += (names.empty() ? "" : " ") + command->get_name();
  out << "_convscope() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} options\n"
         "  case $command in\n";
  for (const CLI::App* command : commands_of(app))
    out << "    " << command->get_name() << ") options='" << dashed(options_of(*command))
        << "' ;;\n";
  out << "    *) options='" << dashed(options_of(app))
      << "' ;;\n"
         "  esac\n"
         "  COMPREPLY=()\n"
         "  if [[ $word == -* ]]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
         "  else\n"
         "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
         "    if [[ $COMP_CWORD -eq 1 ]]; then\n"
         "      mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W '"
      << names
      << "' -- \"$word\")\n"
         "    fi\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _convscope convscope\n";
}

// In what _arguments takes, a bracket and a colon have meanings of their own.
std::string zsh_option(const Word& word) {
  std::string text;
  for (const char c : word.description)
    text += (c == '[' || c == ']' || c == ':' ? "\\" : "") + std::string(1, c);
  const std::string value = word.value ? ":value:_files" : "";
  return in_quotes("--" + word.name + (word.value ? "=" : "") + "[" + text + "]" + value);
}

void write_zsh(const CLI::App& app, std::ostream& out) {
  out << "#compdef convscope\n"
         "_convscope() {\n"
         "  local -a commands\n"
         "  commands=(\n";
  for (const CLI::App* command : commands_of(app))
    out << "    " << in_quotes(command->get_name() + ":" + brief(command->get_description()))
        << "\n";
  out << "  )\n"
         "  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
         "    _describe command commands\n"
         "    _files\n"
         "    return\n"
         "  fi\n"
         "  case $words[2] in\n";
  for (const CLI::App* command : commands_of(app)) {
    out << "    " << command->get_name() << ")\n      _arguments";
    for (const Word& word : options_of(*command))
      out << " \\\n        " << zsh_option(word);
    out << " \\\n        '*:file:_files'\n      ;;\n";
  }
  out << "    *)\n      _arguments";
  for (const Word& word : options_of(app))
    out << " \\\n        " << zsh_option(word);
  out << " \\\n        '*:file:_files'\n      ;;\n"
         "  esac\n"
         "}\n"
         "if [[ $funcstack[1] == _convscope ]]; then\n"
         "  _convscope \"$@\"\n"
         "else\n"
         "  compdef _convscope convscope\n"
         "fi\n";
}

void write_fish(const CLI::App& app, std::ostream& out) {
  const auto options = [&](const CLI::App& of, const std::string& when) {
    for (const Word& word : options_of(of))
      out << "complete -c convscope -n " << in_quotes(when) << " -l " << word.name
          << (word.value ? " -r" : "") << " -d " << in_quotes(word.description, "\\'") << "\n";
  };
  options(app, "__fish_use_subcommand");
  for (const CLI::App* command : commands_of(app)) {
    out << "complete -c convscope -n __fish_use_subcommand -a " << command->get_name() << " -d "
        << in_quotes(brief(command->get_description()), "\\'") << "\n";
    options(*command, "__fish_seen_subcommand_from " + command->get_name());
  }
}

}  // namespace

void add_completion(CLI::App& app, const CommandContext& context) {
  CLI::App* command =
      app.add_subcommand("completion", "Print a script that completes commands in a shell");
  const auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash, zsh or fish")->type_name("SHELL")->required();
  command->callback([&app, shell, context] {
    if (*shell == "bash")
      write_bash(app, context.out);
    else if (*shell == "zsh")
      write_zsh(app, context.out);
    else if (*shell == "fish")
      write_fish(app, context.out);
    else
      throw UsageError("the shell is \"" + *shell + "\"; it must be bash, zsh or fish");
    require_written(context.out);
  });
}

}  // namespace convscope::cli
