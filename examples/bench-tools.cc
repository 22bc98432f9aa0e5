/* SPDX-License-Identifier: GPL-2.0-only */

#include "bench-tools.h"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <unistd.h>

namespace ns3
{
namespace keepalive
{

double
CpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double
ResidentBytes()
{
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double
Median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace keepalive
} // namespace ns3
