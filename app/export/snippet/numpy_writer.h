#pragma once

#include "app/export/snippet/dialect.h"

namespace convscope::exports {

// NumPy, with SciPy's correlate and convolve. Single planes are 2-D arrays.
class NumpyWriter : public SnippetWriter {
 public:
  // Throws Error for values that are not finite where zeros are put between the weights: SciPy
  // multiplies them too.
  explicit NumpyWriter(const SnippetSteps& steps);

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
  std::string padded(const std::string& of, const Padding& padding, const std::string& how) const;
};

}  // namespace convscope::exports
