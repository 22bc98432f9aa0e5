/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_TABLE_H
#define KEEPALIVE_SWEEP_TABLE_H

#include "output-file.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief A CSV file: cells one after the other, in rows all of which are as long as the header.
 */
class SweepTable
{
  public:
    /// A time in nanoseconds, to be written in seconds without loss.
    struct Nanoseconds
    {
        int64_t value{0}; //!< the time
    };

    /**
     * @brief Begin with the header.
     * @param directory where
     * @param name of the file
     * @param columns names of the columns
     * @throw std::runtime_error if it cannot be written
     */
    SweepTable(const std::filesystem::path& directory,
               const std::string& name,
               const std::vector<std::string>& columns);

    /**
     * @brief A text.
     * @param text the text, quoted if it has to be
     * @return this table
     */
    SweepTable& operator<<(const std::string& text);
    /// @copydoc operator<<(const std::string&)
    SweepTable& operator<<(const char* text);

    /**
     * @brief A count.
     * @param count the count
     * @return this table
     */
    SweepTable& operator<<(uint64_t count);

    /**
     * @brief A number.
     * @param number the number, written with 12 digits; inf if it is infinite
     * @return this table
     */
    SweepTable& operator<<(double number);

    /**
     * @brief A time.
     * @param time the time
     * @return this table
     */
    SweepTable& operator<<(Nanoseconds time);

    /**
     * @brief What may be missing.
     * @param value it; if not, the cell is empty
     * @return this table
     */
    template <typename T>
    SweepTable& operator<<(const std::optional<T>& value)
    {
        return value ? *this << *value : *this << "";
    }

    /**
     * @brief Make sure that everything is written.
     * @throw std::runtime_error if it is not
     */
    void Close();

  private:
    OutputFile m_file;      //!< where to
    std::size_t m_columns;  //!< cells of a row
    std::size_t m_cells{0}; //!< cells of the row so far
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_TABLE_H */
