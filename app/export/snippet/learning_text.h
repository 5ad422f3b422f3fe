#pragma once

#include <string>

#include "app/export/names.h"
#include "app/export/snippet/learning.h"

// What the learning of every dialect says alike.
namespace convscope::exports {

// Returns the function `predict`, whose body computes y from `weight` and `bias`. `convolution` is
// what a writer says for it, and `before` what makes the weight of all channels.
std::string predict_function(const SnippetLearning& run, const std::string& before,
                             const std::string& convolution);

// Returns the call of it with a kernel of this name and, where one is learned, its bias.
std::string predict_call(const SnippetLearning& run, const std::string& kernel);

// Returns the line that begins the loop, where `t` counts the steps from 1 if `counted`, and before
// it the list of the rates where there are several.
std::string loop_head(const SnippetLearning& run, bool counted);
// Returns the rate in the loop: a number, or "rate".
std::string loop_rate(const SnippetLearning& run);

// Returns the comment on the tolerances, and the lines that set `tolerance`.
std::string tolerance_text(const SnippetLearning& run);
// Returns the assert on the loss, which stands in `loss`.
std::string loss_check(const SnippetLearning& run, const std::string& loss);

// Returns the comment that the section begins with.
std::string learning_title(const SnippetLearning& run);

}  // namespace convscope::exports
