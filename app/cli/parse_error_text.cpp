#include "app/cli/parse_error_text.h"

#include <CLI/App.hpp>
#include <string_view>
#include <vector>

namespace convscope::cli {
namespace {

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

// Lists unexpected arguments in the order of the call, which CLI11's own message reverses.
std::string extras_text(const std::vector<std::string>& extras) {
  std::string text;
  for (std::size_t i = 0; i < extras.size(); ++i)
    text += (i == 0 ? "" : i + 1 == extras.size() ? " and " : ", ") + quoted(extras[i]);
  return text + (extras.size() == 1 ? " is" : " are") + " not expected";
}

// Rewrites messages like "Could not convert: --steps = abc".
std::string conversion_text(const CLI::App& app, std::string_view message) {
  constexpr std::string_view kBefore = "Could not convert: ";
  constexpr std::string_view kEquals = " = ";
  const std::size_t equals = message.find(kEquals);
  if (!message.starts_with(kBefore) || equals == std::string_view::npos)
    return std::string(message);
  const std::string name(message.substr(kBefore.size(), equals - kBefore.size()));
  const CLI::Option* option = app.get_option_no_throw(name);
  if (option != nullptr && option->get_items_expected_max() == 0) return name + " takes no value";
  const bool whole = option != nullptr && option->get_type_name() == "INT";
  const std::string value(message.substr(equals + kEquals.size()));
  const bool digits =
      value.find_first_not_of("0123456789", value.starts_with('-') ? 1 : 0) == std::string::npos;
  return name + " is " + quoted(value) + "; it must be " +
         (!whole   ? "a number"
          : digits ? "of at most nine digits"
                   : "a whole number");
}

// Rewrites messages like "--stride: 1 required N|Y,X missing", "--stride: At Most 1 required but
// received 2" and "dark was given a disallowed flag override".
std::string mismatch_text(std::string_view message) {
  constexpr std::string_view kOverride = " was given a disallowed flag override";
  if (message.ends_with(kOverride)) {
    return "--" + std::string(message.substr(0, message.size() - kOverride.size())) +
           " takes no value";
  }
  const std::size_t colon = message.find(": ");
  const std::string name(message.substr(0, colon));
  if (message.ends_with(" missing")) return name + " needs a value";
  constexpr std::string_view kReceived = "received ";
  const std::size_t received = message.rfind(kReceived);
  if (message.find("At Most 1 ") == std::string_view::npos || received == std::string_view::npos)
    return std::string(message);
  return name + " is given " + std::string(message.substr(received + kReceived.size())) +
         " values; it takes one";
}

// Rewrites messages like "--output: is empty; ...".
std::string empty_text(std::string text) {
  if (const std::size_t colon = text.find(": "); colon != std::string::npos) text.erase(colon, 1);
  return text;
}

// `part` is the command that was called, or the program if none was.
std::string what_is_wrong(const CLI::App& app, const CLI::App& part, const CLI::ParseError& error) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr)
    return extras_text(app.remaining(true));
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr)
    return conversion_text(part, error.what());
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) return empty_text(error.what());
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
    return mismatch_text(error.what());
  return error.what();
}

}  // namespace

std::string parse_error_text(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<CLI::App*> called = app.get_subcommands();
  const CLI::App& part = called.empty() ? app : *called.front();
  const std::string command = called.empty() ? "" : part.get_name() + " ";
  return what_is_wrong(app, part, error) + "; see \"convscope " + command + "--help\"";
}

}  // namespace convscope::cli
