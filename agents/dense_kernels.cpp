// Compiled once per instruction set (see CMakeLists.txt). No standard header with inline functions may be
// included here: the linker would keep one copy of them, possibly the one that this CPU cannot run.
#include "rhoam/agents/dense.h"

#if defined(__AVX512F__)
#define RHOAM_DENSE_TABLE kDenseV4
#define RHOAM_DENSE_NAME "x86-64-v4"
#define RHOAM_DENSE_LANES 16
#define RHOAM_DENSE_ROWS 6
#define RHOAM_DENSE_COLUMNS 4
#elif defined(__AVX2__)
#define RHOAM_DENSE_TABLE kDenseV3
#define RHOAM_DENSE_NAME "x86-64-v3"
#define RHOAM_DENSE_LANES 8
#define RHOAM_DENSE_ROWS 6
#define RHOAM_DENSE_COLUMNS 2
#else
#define RHOAM_DENSE_TABLE kDenseBaseline
#define RHOAM_DENSE_NAME "x86-64"
#define RHOAM_DENSE_LANES 4
#define RHOAM_DENSE_ROWS 4
#define RHOAM_DENSE_COLUMNS 2
#endif

namespace rhoam::agents {
namespace {

constexpr int kLanes = RHOAM_DENSE_LANES;
constexpr int kTileRows = RHOAM_DENSE_ROWS;  // accumulators: rows × columns vectors fill the register file
constexpr int kTileColumns = RHOAM_DENSE_COLUMNS;
static_assert(kPadding % kLanes == 0);

typedef float Vec __attribute__((vector_size(kLanes * 4), aligned(4), may_alias));
typedef int IntVec __attribute__((vector_size(kLanes * 4), aligned(4), may_alias));
typedef float Quad __attribute__((vector_size(16), aligned(4), may_alias));

inline Vec load(const float* p) { return *reinterpret_cast<const Vec*>(p); }
inline void store(float* p, Vec v) { *reinterpret_cast<Vec*>(p) = v; }
inline Vec splat(float value) { return Vec{} + value; }
inline Vec select(IntVec mask, Vec yes, Vec no) { return mask ? yes : no; }
inline Vec magnitude(Vec x) { return (Vec)((IntVec)x & 0x7fffffff); }

inline float sum(Vec v) {
  // Pairwise in a fixed tree, so that the order never depends on the compiler.
  float lane[kLanes];
  for (int i = 0; i < kLanes; ++i) lane[i] = v[i];
  for (int half = kLanes / 2; half > 0; half /= 2)
    for (int i = 0; i < half; ++i) lane[i] += lane[i + half];
  return lane[0];
}

/// tanh|x| = e/(e + 2) with e = expm1(2|x|), which keeps full relative precision near 0. Error below 3 ulp;
/// NaN passes through.
inline Vec tanh(Vec x) {
  const Vec limited = select(magnitude(x) > 9.1f, splat(9.1f), magnitude(x));  // tanh(9.1) rounds to 1
  const Vec y = limited * 2.0f;
  const Vec shift = splat(12582912.0f);  // 1.5·2^23: adding it rounds to an integer
  const Vec n = (y * 1.44269504f + shift) - shift;
  const Vec r = (y - n * 0.693145752f) - n * 1.42860677e-6f;  // ln 2 in two parts
  Vec p = splat(1.0f / 5040);
  p = p * r + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r * r + r;
  const Vec power = (Vec)((__builtin_convertvector(n, IntVec) + 127) << 23);
  const Vec e = p * power + (power - 1.0f);
  const Vec result = e / (e + 2.0f);
  return (Vec)((IntVec)result | ((IntVec)x & (int)0x80000000));
}

template <Activation kind>
inline Vec activate(Vec z) {
  if constexpr (kind == Activation::tanh) return tanh(z);
  if constexpr (kind == Activation::relu) return select(z < 0.0f, Vec{}, z);  // NaN stays NaN
  if constexpr (kind == Activation::softsign) return z / (magnitude(z) + 1.0f);
  return z;
}

/// Derivative at z, from y = act(z).
template <Activation kind>
inline Vec slope(Vec y) {
  if constexpr (kind == Activation::tanh) return 1.0f - y * y;
  if constexpr (kind == Activation::relu) return select(y > 0.0f, splat(1.0f), Vec{});
  if constexpr (kind == Activation::softsign) return (1.0f - magnitude(y)) * (1.0f - magnitude(y));
  return splat(1.0f);
}

/// Left operand a(row, k) = a[row·row_stride + k·k_stride]; right operand b[k·b_stride + column].
struct Product {
  int depth;
  const float* a;
  int row_stride;
  int k_stride;
  const float* b;
  int b_stride;
};

/// One register tile of a·b, R rows by C vectors, handed to `finish(row, column, value)`.
template <int R, int C, class Finish>
inline void tile(const Product& p, int row, int column, const Finish& finish) {
  Vec sums[R][C] = {};
  const float* a = p.a + static_cast<long>(row) * p.row_stride;
  const float* b = p.b + column;
  for (int k = 0; k < p.depth; ++k, a += p.k_stride, b += p.b_stride) {
    Vec right[C];
    for (int c = 0; c < C; ++c) right[c] = load(b + c * kLanes);
    for (int r = 0; r < R; ++r) {
      const Vec left = splat(a[static_cast<long>(r) * p.row_stride]);
      for (int c = 0; c < C; ++c) sums[r][c] += left * right[c];
    }
  }
  for (int r = 0; r < R; ++r)
    for (int c = 0; c < C; ++c) finish(row + r, column + c * kLanes, sums[r][c]);
}

template <int C, class Finish>
inline void column_of_tiles(const Product& p, int rows, int column, const Finish& finish) {
  int row = 0;
  for (; row + kTileRows <= rows; row += kTileRows) tile<kTileRows, C>(p, row, column, finish);
  for (; row + 4 <= rows; row += 4) tile<4, C>(p, row, column, finish);
  for (; row + 2 <= rows; row += 2) tile<2, C>(p, row, column, finish);
  if (row < rows) tile<1, C>(p, row, column, finish);
}

/// All of a·b: `rows` rows, `columns` columns (a multiple of kLanes).
template <class Finish>
inline void multiply(const Product& p, int rows, int columns, const Finish& finish) {
  int column = 0;
  for (; column + kTileColumns * kLanes <= columns; column += kTileColumns * kLanes)
    column_of_tiles<kTileColumns>(p, rows, column, finish);
  if constexpr (kTileColumns > 2)
    for (; column + 2 * kLanes <= columns; column += 2 * kLanes) column_of_tiles<2>(p, rows, column, finish);
  for (; column < columns; column += kLanes) column_of_tiles<1>(p, rows, column, finish);
}

/// Calls body<kind>() for the activation chosen at run time.
template <class Body>
inline void with(Activation kind, const Body& body) {
  switch (kind) {
    case Activation::identity:
      return body.template operator()<Activation::identity>();
    case Activation::tanh:
      return body.template operator()<Activation::tanh>();
    case Activation::relu:
      return body.template operator()<Activation::relu>();
    case Activation::softsign:
      return body.template operator()<Activation::softsign>();
  }
}

void forward(const DenseShape& s, const float* x, const float* w, const float* b, Activation act, float* y) {
  const Product product{s.in, x, s.x_stride, 1, w, padded(s.out)};
  with(act, [&]<Activation kind>() {
    multiply(product, s.rows, padded(s.out), [&](int row, int column, Vec z) {
      store(y + static_cast<long>(row) * s.y_stride + column, activate<kind>(z + load(b + column)));
    });
  });
}

template <int R>
inline void narrow_rows(const DenseShape& s, const float* x, const float* w_transposed, const float* b,
                        float* y) {
  for (int o = 0; o < s.out; ++o) {
    Vec sums[R] = {};
    const float* w = w_transposed + o * padded(s.in);
    for (int i = 0; i < s.in; i += kLanes)
      for (int r = 0; r < R; ++r) sums[r] += load(x + static_cast<long>(r) * s.x_stride + i) * load(w + i);
    for (int r = 0; r < R; ++r) y[static_cast<long>(r) * s.y_stride + o] = sum(sums[r]) + b[o];
  }
}

void activate_all(std::size_t size, Activation act, float* z);

void forward_narrow(const DenseShape& s, const float* x, const float* w_transposed, const float* b,
                    Activation act, float* y) {
  int row = 0;
  for (; row + 4 <= s.rows; row += 4)
    narrow_rows<4>(s, x + static_cast<long>(row) * s.x_stride, w_transposed, b,
                   y + static_cast<long>(row) * s.y_stride);
  for (; row < s.rows; ++row)
    narrow_rows<1>(s, x + static_cast<long>(row) * s.x_stride, w_transposed, b,
                   y + static_cast<long>(row) * s.y_stride);
  if (act != Activation::identity)
    for (row = 0; row < s.rows; ++row) activate_all(s.out, act, y + static_cast<long>(row) * s.y_stride);
}

void backward_input(const DenseShape& s, const float* dy, const float* w_transposed, const float* x,
                    Activation act, float* dx) {
  const Product product{s.out, dy, s.y_stride, 1, w_transposed, padded(s.in)};
  with(act, [&]<Activation kind>() {
    multiply(product, s.rows, padded(s.in), [&](int row, int column, Vec d) {
      const long at = static_cast<long>(row) * s.x_stride + column;
      store(dx + at, d * slope<kind>(load(x + at)));
    });
  });
}

void add_bias_gradient(const DenseShape& s, const float* dy, float* db) {
  for (int row = 0; row < s.rows; ++row)
    for (int o = 0; o < s.out; ++o) db[o] += dy[static_cast<long>(row) * s.y_stride + o];
}

void backward_weights(const DenseShape& s, const float* x, const float* dy, float* dw, float* db,
                      float* scratch) {
  if (db != nullptr) add_bias_gradient(s, dy, db);
  if (s.out <= kNarrow && s.x_stride % kPadding == 0) {
    const Product product{s.rows, dy, 1, s.y_stride, x, s.x_stride};
    multiply(product, s.out, padded(s.in),
             [&](int o, int i, Vec g) { store(scratch + o * padded(s.in) + i, g); });
    for (int i = 0; i < s.in; ++i)
      for (int o = 0; o < s.out; ++o) dw[i * s.out + o] += scratch[o * padded(s.in) + i];
    return;
  }
  const Product product{s.rows, x, 1, s.x_stride, dy, s.y_stride};
  if (s.out % kLanes == 0) {
    multiply(product, s.in, s.out, [&](int i, int o, Vec g) {
      float* at = dw + static_cast<long>(i) * s.out + o;
      store(at, load(at) + g);
    });
    return;
  }
  multiply(product, s.in, padded(s.out),
           [&](int i, int o, Vec g) { store(scratch + static_cast<long>(i) * padded(s.out) + o, g); });
  for (int i = 0; i < s.in; ++i)
    for (int o = 0; o < s.out; ++o)
      dw[static_cast<long>(i) * s.out + o] += scratch[static_cast<long>(i) * padded(s.out) + o];
}

/// Transposes 4×4 floats.
inline void transpose_quad(const float* from, int from_stride, float* to, int to_stride) {
  Quad row[4];
  for (int r = 0; r < 4; ++r) row[r] = *reinterpret_cast<const Quad*>(from + r * from_stride);
  const Quad low01 = __builtin_shufflevector(row[0], row[1], 0, 4, 1, 5);
  const Quad high01 = __builtin_shufflevector(row[0], row[1], 2, 6, 3, 7);
  const Quad low23 = __builtin_shufflevector(row[2], row[3], 0, 4, 1, 5);
  const Quad high23 = __builtin_shufflevector(row[2], row[3], 2, 6, 3, 7);
  *reinterpret_cast<Quad*>(to) = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
  *reinterpret_cast<Quad*>(to + to_stride) = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
  *reinterpret_cast<Quad*>(to + 2 * to_stride) = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
  *reinterpret_cast<Quad*>(to + 3 * to_stride) = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
}

/// Padding of the packed copies is zero from their allocation on and never written.
void pack(int in, int out, const float* w, float* w_packed, float* w_transposed) {
  for (int i = 0; i < in; ++i)
    for (int o = 0; o < out; ++o)
      w_packed[static_cast<long>(i) * padded(out) + o] = w[static_cast<long>(i) * out + o];
  const int whole_in = in / 4 * 4, whole_out = out / 4 * 4;
  for (int i = 0; i < whole_in; i += 4)
    for (int o = 0; o < whole_out; o += 4)
      transpose_quad(w + static_cast<long>(i) * out + o, out,
                     w_transposed + static_cast<long>(o) * padded(in) + i, padded(in));
  for (int i = 0; i < in; ++i)
    for (int o = i < whole_in ? whole_out : 0; o < out; ++o)
      w_transposed[static_cast<long>(o) * padded(in) + i] = w[static_cast<long>(i) * out + o];
}

void activate_all(std::size_t size, Activation act, float* z) {
  with(act, [&]<Activation kind>() {
    std::size_t i = 0;
    for (; i + kLanes <= size; i += kLanes) store(z + i, activate<kind>(load(z + i)));
    if (i == size) return;
    float tail[kLanes] = {};
    for (std::size_t j = i; j < size; ++j) tail[j - i] = z[j];
    store(tail, activate<kind>(load(tail)));
    for (std::size_t j = i; j < size; ++j) z[j] = tail[j - i];
  });
}

}  // namespace

extern const DenseKernels RHOAM_DENSE_TABLE;
const DenseKernels RHOAM_DENSE_TABLE{RHOAM_DENSE_NAME, forward, forward_narrow, backward_input,
                                     backward_weights, pack,    activate_all};

}  // namespace rhoam::agents
