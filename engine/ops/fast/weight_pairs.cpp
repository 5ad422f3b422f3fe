#include "engine/ops/fast/weight_pairs.h"

namespace convscope::engine::fast {
namespace {

// Rows [begin, end).
struct Block {
  Index begin, end;
  Index size() const { return end - begin; }
  // Returns the block-th of `block_count` equal blocks of the `count` rows from `first` on.
};
Block block_of(Index first, Index count, Index block, Index block_count) {
  return {first + count * block / block_count, first + count * (block + 1) / block_count};
}

// Writes the pointers of band.a from `to` on; returns where they end.
const float** point_to_a(const WeightJob& job, const Band& band, const Part& part, const Block& k,
                         const float** to) {
  for (Index step = 0; step < band.steps; ++step)
    for (Index a = k.begin; a < k.end; ++a)
      *to++ = small_row(job, band, part, job.a_outputs[a], step - job.a_shifts[a]);
  return to;
}

void point_to_b(const WeightJob& job, const Band& band, const Block& k) {
  const float** to = band.b;
  for (Index step = 0; step < band.steps; ++step)
    for (Index b = k.begin; b < k.end; ++b)
      *to++ = band.large_rows[step * job.step_rows() + job.b_rows[b]] + job.b_columns[b];
}

}  // namespace

void describe_pairs(WeightJob& job, Workspace& workspace) {
  const Shape& k = job.kernel;
  const Index a_count = job.a_count();
  const Index b_count = job.b_count();
  Index* a_places = workspace.offsets.get(3 * a_count + 3 * b_count);
  Index* a_outputs = a_places + a_count;
  Index* a_shifts = a_outputs + a_count;
  for (Index a = 0; a < a_count; ++a) {
    const Index v = a % job.rows_of_a();
    a_outputs[a] = a / job.rows_of_a();
    a_shifts[a] = v * job.options.dilation.y;
    a_places[a] = (a_outputs[a] * k.c * k.h + v) * k.w;
  }
  Index* b_places = a_shifts + a_count;
  Index* b_rows = b_places + b_count;
  Index* b_columns = b_rows + b_count;
  for (Index b = 0; b < b_count; ++b) {
    const Index u = b % k.w;
    const Index v = b / k.w % job.rows_of_b();
    const Index i = b / k.w / job.rows_of_b();
    b_places[b] = (i * k.h + v) * k.w + u;
    b_rows[b] = i * job.packed_rows + v * job.options.dilation.y;
    // With stride 1 this is the same for all parts, copied or not.
    b_columns[b] = job.parts[0].row.offset(u, job.options.dilation.x);
  }
  job.a_places = a_places;
  job.a_outputs = a_outputs;
  job.a_shifts = a_shifts;
  job.b_places = b_places;
  job.b_rows = b_rows;
  job.b_columns = b_columns;
}

void add_pairs(const WeightJob& job, const Band& band, const Part& part, Index first_output,
               Index last_output, double* sums) {
  lay_out_large(job, band, part, 0);
  const Index first = first_output * job.rows_of_a();
  const Index a_count = (last_output - first_output) * job.rows_of_a();
  const Index a_blocks = blocks(a_count, job.blocking.a);
  const Index b_blocks = blocks(job.b_count(), job.blocking.b);
  const float** to = band.a;
  for (Index i = 0; i < a_blocks; ++i)
    to = point_to_a(job, band, part, block_of(first, a_count, i, a_blocks), to);
  sums += band.group * job.outputs() * job.kernel.c * job.kernel.h * job.kernel.w;
  for (Index j = 0; j < b_blocks; ++j) {
    const Block b = block_of(0, job.b_count(), j, b_blocks);
    point_to_b(job, band, b);
    for (Index i = 0; i < a_blocks; ++i) {
      if (job.stop.stop_requested()) return;
      const Block a = block_of(first, a_count, i, a_blocks);
      row_products({band.a + (a.begin - first) * band.steps, band.b, a.size(), b.size(), band.steps,
                    part.width, sums, job.a_places + a.begin, job.b_places + b.begin,
                    job.by_rows && i == 0 && j == 0});
    }
  }
}

}  // namespace convscope::engine::fast
