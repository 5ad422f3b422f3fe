#pragma once

#include "app/export/snippet/dialect.h"

namespace convscope::exports {

// PyTorch, with its functional interface.
class TorchWriter : public SnippetWriter {
 public:
  using SnippetWriter::SnippetWriter;

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
};

}  // namespace convscope::exports
