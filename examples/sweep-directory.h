/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_DIRECTORY_H
#define KEEPALIVE_SWEEP_DIRECTORY_H

#include <filesystem>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief The directory of a sweep, which holds results.sqlite and config.ini, and belongs to one
 *        process at a time.
 *
 * The lock is one of the directory itself (flock), so that it leaves no file behind, and ends with
 * the process, however that ends. On a file system that has no such locks there is none.
 */
class SweepDirectory
{
  public:
    static constexpr const char* DATABASE = "results.sqlite"; //!< name of the database in it

    /// What may be there already.
    enum class Content
    {
        RESULTS,            //!< it must hold results
        RESULTS_OR_NOTHING, //!< it holds results, or is empty, or is to be made
        ANYTHING            //!< whatever is there stays there
    };

    /**
     * @brief Take hold of a directory.
     * @param path where it is
     * @param content what may be there
     * @throw UsageError if it holds something else, cannot be made or written to, or belongs to
     *        another process
     */
    SweepDirectory(const std::filesystem::path& path, Content content);

    /// Let go of it; if this made it and it is empty, remove it.
    ~SweepDirectory();

    SweepDirectory(const SweepDirectory&) = delete;
    SweepDirectory& operator=(const SweepDirectory&) = delete;

    /**
     * @brief Where the database is.
     * @return DIR/results.sqlite
     */
    std::filesystem::path GetDatabase() const;

    /**
     * @brief Where the database of a directory is.
     * @param path the directory
     * @return DIR/results.sqlite
     * @throw UsageError if there is none
     */
    static std::filesystem::path FindDatabase(const std::filesystem::path& path);

    /**
     * @brief Whether a process has hold of a directory.
     * @param path the directory
     * @return true if so
     */
    static bool IsBusy(const std::filesystem::path& path);

    /**
     * @brief Write config.ini, unless it says so already.
     * @param configuration what it is to say
     * @throw std::runtime_error if it cannot be written
     */
    void WriteConfiguration(const std::string& configuration) const;

  private:
    /// Let one process in.
    void Lock();

    const std::filesystem::path m_path; //!< where it is
    bool m_made{false};                 //!< whether this made it
    int m_lock{-1};                     //!< descriptor that holds the lock
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_DIRECTORY_H */
