#pragma once

#include "app/export/snippet/dialect.h"

namespace convscope::exports {

// Nested lists and loops, without any import. Single planes are lists of rows.
class ListWriter : public SnippetWriter {
 public:
  // Throws Error for tensors that are too large to be written out, for NaN, and for outputs beyond
  // float32, as Python's numbers are doubles.
  explicit ListWriter(const SnippetSteps& steps);

  std::string head() const override;
  std::string tensor(const std::string& name, const Tensor& tensor, Index repeats) const override;
  std::string bias(const std::string& name, const std::vector<float>& bias,
                   bool shared) const override;
  std::string convolution(const SnippetLayer& layer) const override;
  std::string relu(const SnippetLayer& layer) const override;
  std::string pooling(const SnippetLayer& layer) const override;
  std::string learning(const SnippetLearning& run) const override;
  std::string check(const std::string& name, const Tensor& shown,
                    const std::string& tolerance) const override;

 private:
  // Learning runs over many steps, so its numbers are those of the window to the last bit.
  python::Precision precision() const {
    return steps().learns ? python::Precision::kDouble : python::Precision::kFloat32;
  }
  // A call of a function of planes for the plane or for all planes of `of`.
  std::string of_planes(const std::string& function, const std::string& of,
                        const std::string& more) const;
};

}  // namespace convscope::exports
