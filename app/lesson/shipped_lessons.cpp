#include "app/lesson/shipped_lessons.h"

#include <array>

#include "app/lesson/read_lesson.h"
#include "embedded/lesson_01_conv_layers_and_shapes.h"
#include "embedded/lesson_02_parameters.h"
#include "embedded/lesson_03_pooling.h"
#include "embedded/lesson_04_cross_correlation.h"
#include "embedded/lesson_05_why_a_kernel_is_useful.h"
#include "embedded/lesson_06_learning_a_kernel.h"
#include "embedded/lesson_07_padding.h"
#include "embedded/lesson_08_stride.h"
#include "embedded/lesson_09_same_or_valid.h"
#include "embedded/lesson_10_convolution_or_correlation.h"
#include "embedded/lesson_11_one_two_three_dimensions.h"
#include "embedded/lesson_12_channels_are_summed.h"
#include "embedded/lesson_13_one_by_one_groups_depthwise.h"
#include "embedded/lesson_14_separable_kernels.h"
#include "embedded/lesson_15_the_learning_rates_cliff.h"
#include "embedded/lesson_16_what_cannot_be_learned.h"
#include "embedded/lesson_17_receptive_fields.h"
#include "embedded/lesson_18_transposed_convolution.h"
#include "embedded/lesson_19_equivariance_and_invariance.h"

namespace convscope::lesson {
namespace {

constexpr std::array kLessons = {
    ShippedLesson{"01-conv-layers-and-shapes", embedded::lesson_01_conv_layers_and_shapes},
    ShippedLesson{"02-parameters", embedded::lesson_02_parameters},
    ShippedLesson{"03-pooling", embedded::lesson_03_pooling},
    ShippedLesson{"04-cross-correlation", embedded::lesson_04_cross_correlation},
    ShippedLesson{"05-why-a-kernel-is-useful", embedded::lesson_05_why_a_kernel_is_useful},
    ShippedLesson{"06-learning-a-kernel", embedded::lesson_06_learning_a_kernel},
    ShippedLesson{"07-padding", embedded::lesson_07_padding},
    ShippedLesson{"08-stride", embedded::lesson_08_stride},
    ShippedLesson{"09-same-or-valid", embedded::lesson_09_same_or_valid},
    ShippedLesson{"10-convolution-or-correlation", embedded::lesson_10_convolution_or_correlation},
    ShippedLesson{"11-one-two-three-dimensions", embedded::lesson_11_one_two_three_dimensions},
    ShippedLesson{"12-channels-are-summed", embedded::lesson_12_channels_are_summed},
    ShippedLesson{"13-one-by-one-groups-depthwise",
                  embedded::lesson_13_one_by_one_groups_depthwise},
    ShippedLesson{"14-separable-kernels", embedded::lesson_14_separable_kernels},
    ShippedLesson{"15-the-learning-rates-cliff", embedded::lesson_15_the_learning_rates_cliff},
    ShippedLesson{"16-what-cannot-be-learned", embedded::lesson_16_what_cannot_be_learned},
    ShippedLesson{"17-receptive-fields", embedded::lesson_17_receptive_fields},
    ShippedLesson{"18-transposed-convolution", embedded::lesson_18_transposed_convolution},
    ShippedLesson{"19-equivariance-and-invariance",
                  embedded::lesson_19_equivariance_and_invariance},
};

}  // namespace

std::span<const ShippedLesson> shipped_lessons() {
  return kLessons;
}

Lesson read_shipped(const ShippedLesson& shipped) {
  const std::span<const unsigned char> text = shipped.text();
  return parse_lesson({reinterpret_cast<const char*>(text.data()), text.size()},
                      std::string(shipped.name), {});
}

}  // namespace convscope::lesson
