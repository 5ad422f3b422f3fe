// OpenCV's filter2D and sepFilter2D, as shipped (one thread) and split by hand into bands of rows.
#include <tbb/parallel_for.h>

#include <memory>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/bench/names.h"
#include "tests/bench/peers/contender.h"

namespace convscope::bench {
namespace {

constexpr int kBands = 8;

cv::Mat view(const Tensor& t) {
  return {static_cast<int>(t.shape().h), static_cast<int>(t.shape().w), CV_32F,
          const_cast<float*>(t.data())};
}

Tensor tensor(const cv::Mat& m) {
  Tensor result(Shape{1, 1, m.rows, m.cols});
  m.copyTo(view(result));
  return result;
}

void filter(const Problem& p, const cv::Mat& input, cv::Mat output) {
  if (p.what.op == Operator::kSeparable)
    cv::sepFilter2D(input, output, CV_32F, view(p.row), view(p.column), cv::Point(-1, -1), 0.0,
                    cv::BORDER_CONSTANT);
  else
    cv::filter2D(input, output, CV_32F, view(p.weight), cv::Point(-1, -1), 0.0,
                 cv::BORDER_CONSTANT);
}

// A band of an OpenCV matrix still sees the rows of its parent around it.
void filter_bands(const Problem& p, const cv::Mat& input, cv::Mat& output) {
  tbb::parallel_for(0, kBands, [&](int band) {
    const cv::Range rows(input.rows * band / kBands, input.rows * (band + 1) / kBands);
    filter(p, input.rowRange(rows), output.rowRange(rows));
  });
}

}  // namespace

void add_opencv(const Problem& p, std::vector<Contender>& contenders) {
  if (p.what.op != Operator::kConv && p.what.op != Operator::kSeparable) return;
  if (p.input.shape().c != 1) return;
  const auto add = [&](const std::string& name, auto run) {
    auto output = std::make_shared<cv::Mat>(static_cast<int>(p.input.shape().h),
                                            static_cast<int>(p.input.shape().w), CV_32F);
    contenders.push_back({name,
                          [&p, output, run] { run(p, view(p.input), *output); },
                          [output] { return std::vector<Tensor>{tensor(*output)}; },
                          {}});
  };
  add("OpenCV banded", filter_bands);
  add("OpenCV", [](const Problem& q, const cv::Mat& input, cv::Mat& output) {
    cv::setNumThreads(1);
    filter(q, input, output);
  });
}

std::string opencv_version() {
  return CV_VERSION;
}

}  // namespace convscope::bench
