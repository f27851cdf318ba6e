/*
 * PyTorch's classes for CUDA graphs and streams, and functions of CUDA's runtime, as far as a caller of theirs is concerned:
 * declared as PyTorch declares them, so that a compiler gives them their names and ways of passing arguments. They do nothing but
 * write down what they were told, and end the process where PyTorch would.
 *
 *   c++ -O1 -shared -fPIC cuda_graph.cpp -o cuda_graph.so
 */
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>
#include <utility>

enum cudaStreamCaptureMode { Global = 0, ThreadLocal = 1, Relaxed = 2 };
typedef struct CUstream_st *cudaStream_t;
typedef struct CUgraph_st *cudaGraph_t;

static std::string told;
static int64_t current = 0;
static bool drawing = false; // PyTorch's random numbers, for a graph
static int status = 0;       // of the capture: none, active, invalid
static int health = 0;
static size_t memory_left = 1 << 30;

static void tell(const std::string &what) { told += (told.empty() ? "" : "; ") + what; }

static void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

namespace c10 {
struct Device {
    int8_t type;
    int8_t index;
};
class Stream {
    Device device;
    int64_t number;

  public:
    Stream(int64_t n) : device{1, 3}, number(n) {}
    int64_t id() const {
        require(device.type == 1 && device.index == 3);
        return number;
    }
};
namespace cuda {
class CUDAStream {
    Stream stream_;

  public:
    explicit CUDAStream(Stream stream) : stream_(stream) {}
    cudaStream_t stream() const;
    int64_t id() const { return stream_.id(); }
};
cudaStream_t CUDAStream::stream() const { return (cudaStream_t)(0x1000 + id()); }
CUDAStream getCurrentCUDAStream(int8_t device) {
    require(device == -1);
    return CUDAStream(Stream(current));
}
CUDAStream getStreamFromPool(bool high, int8_t device) {
    require(!high && device == -1);
    return CUDAStream(Stream(7));
}
void setCurrentCUDAStream(CUDAStream stream) {
    current = stream.id();
    tell("stream " + std::to_string(current));
}
} // namespace cuda
} // namespace c10

namespace at {
namespace cuda {
struct CUDAGraph {
    CUDAGraph();
    ~CUDAGraph();
    void capture_begin(std::pair<unsigned long long, unsigned long long> pool, cudaStreamCaptureMode mode);
    void capture_end();
    void replay();
    char memory[600];
};
CUDAGraph::CUDAGraph() {
    std::memset(memory, 0x5A, sizeof memory);
    tell("new");
}
CUDAGraph::~CUDAGraph() { tell("delete"); }
void CUDAGraph::capture_begin(std::pair<unsigned long long, unsigned long long> pool, cudaStreamCaptureMode mode) {
    require(current != 0 && status == 0);
    status = 1;
    drawing = true;
    std::ostringstream text;
    text << "begin " << pool.first << ' ' << pool.second << ' ' << mode;
    tell(text.str());
}
void CUDAGraph::capture_end() {
    require(current != 0 && status == 1);
    status = 0;
    drawing = false;
    tell("end");
}
void CUDAGraph::replay() {
    require(status == 0 && !drawing);
    tell("replay");
}
} // namespace cuda
} // namespace at

extern "C" {
int cudaDeviceSynchronize() {
    require(status == 0);
    tell("wait");
    return health;
}
int cudaMemGetInfo(size_t *left, size_t *all) {
    *left = memory_left;
    *all = 0;
    return 0;
}
int cudaStreamIsCapturing(cudaStream_t stream, int *answer) {
    require(stream == (cudaStream_t)0x1007);
    *answer = status;
    return 0;
}
int cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode mode) {
    require(stream == (cudaStream_t)0x1007 && status == 0 && mode == ThreadLocal);
    status = 1;
    tell("nothing");
    return 0;
}
int cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t *graph) {
    require(stream == (cudaStream_t)0x1007 && status != 0);
    status = 0;
    *graph = nullptr;
    tell("break");
    return 901;
}
int cudaGetLastError() {
    tell("forget");
    return 901;
}

/* For the test. */
const char *what_was_told() {
    static std::string answer;
    answer = told;
    told.clear();
    return answer.c_str();
}
void invalidate() { status = 2; }
void leave_memory(int64_t bytes) { memory_left = bytes; }
void fail(int with) { health = with; }
}
