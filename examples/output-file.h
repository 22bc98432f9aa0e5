/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_OUTPUT_FILE_H
#define KEEPALIVE_OUTPUT_FILE_H

#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief A file of the output directory that cannot fail in silence.
 */
class OutputFile
{
  public:
    /**
     * @brief Open it.
     * @param directory where
     * @param name its name
     * @throw std::runtime_error if it cannot be opened
     */
    OutputFile(const std::filesystem::path& directory, const std::string& name);

    /**
     * @brief Write to it.
     * @return the stream
     */
    std::ostream& Get();

    /**
     * @brief Make sure that everything is written.
     * @throw std::runtime_error if it is not
     */
    void Close();

  private:
    /// Throw if anything went wrong.
    void Check() const;

    std::filesystem::path m_path; //!< where it is
    std::ofstream m_stream;       //!< what is written
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_OUTPUT_FILE_H */
