/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-table.h"

#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr int64_t SECOND = 1000000000; //!< nanoseconds

} // namespace

SweepTable::SweepTable(const std::filesystem::path& directory,
                       const std::string& name,
                       const std::vector<std::string>& columns)
    : m_file(directory, name),
      m_columns(columns.size())
{
    for (const auto& column : columns)
    {
        *this << column;
    }
}

SweepTable&
SweepTable::operator<<(const std::string& text)
{
    std::string cell = text;
    if (text.find_first_of(",\"\r\n") != std::string::npos)
    {
        cell = '"';
        for (const char c : text)
        {
            cell += c == '"' ? "\"\"" : std::string(1, c);
        }
        cell += '"';
    }
    m_cells++;
    m_file.Get() << cell << (m_cells == m_columns ? '\n' : ',');
    m_cells %= m_columns;
    return *this;
}

SweepTable&
SweepTable::operator<<(const char* text)
{
    return *this << std::string(text);
}

SweepTable&
SweepTable::operator<<(uint64_t count)
{
    return *this << std::to_string(count);
}

SweepTable&
SweepTable::operator<<(double number)
{
    char cell[32];
    std::snprintf(cell, sizeof(cell), "%.12g", number == 0 ? 0.0 : number);
    return *this << cell;
}

SweepTable&
SweepTable::operator<<(Nanoseconds time)
{
    char cell[32];
    std::snprintf(cell,
                  sizeof(cell),
                  "%s%" PRId64 ".%09" PRId64,
                  time.value < 0 ? "-" : "",
                  std::abs(time.value / SECOND),
                  std::abs(time.value % SECOND));
    std::string text(cell);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
    {
        text.pop_back();
    }
    return *this << text;
}

void
SweepTable::Close()
{
    m_file.Close();
}

} // namespace keepalive
} // namespace ns3
