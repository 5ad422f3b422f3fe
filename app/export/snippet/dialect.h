#pragma once

#include <memory>
#include <string>

#include "app/export/names.h"
#include "app/export/snippet/learning.h"
#include "app/export/snippet/python.h"
#include "app/export/snippet/steps.h"
#include "app/export/snippet/tolerance.h"

namespace convscope::exports {

// Writes the steps of a snippet in the words of one dialect, each as whole lines.
class SnippetWriter {
 public:
  explicit SnippetWriter(const SnippetSteps& steps) : steps_(steps) {}
  virtual ~SnippetWriter() = default;

  // The imports, and the functions that the steps need.
  virtual std::string head() const = 0;
  // An input or a weight by its name; a weight that is the same for every channel is `repeats`
  // times the first of its planes.
  virtual std::string tensor(const std::string& name, const Tensor& tensor,
                             Index repeats) const = 0;
  virtual std::string bias(const std::string& name, const std::vector<float>& bias,
                           bool shared) const = 0;
  virtual std::string convolution(const SnippetLayer& layer) const = 0;
  virtual std::string relu(const SnippetLayer& layer) const = 0;
  virtual std::string pooling(const SnippetLayer& layer) const = 0;
  // The learning, which ends in asserts of its own. The steps and what they need came before.
  virtual std::string learning(const SnippetLearning& run) const = 0;
  // The assert that `name` is as in the window, within the Python expression `tolerance`.
  virtual std::string check(const std::string& name, const Tensor& shown,
                            const std::string& tolerance) const = 0;

 protected:
  const SnippetSteps& steps() const { return steps_; }

 private:
  const SnippetSteps& steps_;
};

std::unique_ptr<SnippetWriter> make_writer(Dialect dialect, const SnippetSteps& steps);

}  // namespace convscope::exports
