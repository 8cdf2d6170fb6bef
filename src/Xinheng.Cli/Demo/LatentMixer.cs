namespace Xinheng.Cli.Demo;

/// <summary>Turns independent normal draws of a source (school, class, dormitory, person) into its correlated share of the latent vector.</summary>
/// <remarks>
/// Every source has the same correlations; the individual part takes what is left, less what the sexes differ by, so that
/// the whole has variance 1 and the declared correlations. Matrices are Cholesky factors in 1/65536. Immutable and thread-safe.
/// </remarks>
internal sealed class LatentMixer
{
    private const int Size = ProvinceModel.Latents;

    private readonly long[] _factor;

    private LatentMixer(double share, bool lessSex) => _factor = Cholesky(share, lessSex);

    public static LatentMixer School { get; } = new((double)ProvinceModel.SchoolShare, false);

    public static LatentMixer Class { get; } = new((double)ProvinceModel.ClassShare, false);

    public static LatentMixer Dormitory { get; } = new((double)ProvinceModel.DormitoryShare, false);

    public static LatentMixer Boarder { get; } =
        new((double)(1 - ProvinceModel.SchoolShare - ProvinceModel.ClassShare - ProvinceModel.DormitoryShare), true);

    public static LatentMixer DayStudent { get; } = new((double)(1 - ProvinceModel.SchoolShare - ProvinceModel.ClassShare), true);

    /// <summary>Half the difference between the sexes, in 1/65536.</summary>
    public static int HalfSexDifference { get; } = (int)(ProvinceModel.SexDifference * Quantiles.One / 2);

    /// <summary>Whether the sexes differ on a latent variable.</summary>
    public static bool HasSexDifference(int latent) => latent < Size - 1;

    /// <summary>Adds one vector of this source to a latent vector.</summary>
    public void Add(ref Draws draws, Span<int> latent)
    {
        Span<long> normal = stackalloc long[Size];
        for (var row = 0; row < Size; row++)
        {
            normal[row] = draws.Normal();
            var sum = 0L;
            for (var column = 0; column <= row; column++)
            {
                sum += _factor[(row * Size) + column] * normal[column];
            }

            latent[row] += (int)(sum >> 16);
        }
    }

    private static long[] Cholesky(double share, bool lessSex)
    {
        var between = lessSex ? (double)(ProvinceModel.SexDifference * ProvinceModel.SexDifference / 4) : 0;
        var factor = new double[Size, Size];
        var result = new long[Size * Size];
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = (double)ProvinceModel.Correlations[row][column] * share;
                sum -= HasSexDifference(row) && HasSexDifference(column) ? between : 0;
                for (var k = 0; k < column; k++)
                {
                    sum -= factor[row, k] * factor[column, k];
                }

                factor[row, column] = row == column ? Math.Sqrt(sum) : sum / factor[column, column];
                result[(row * Size) + column] = (long)Math.Floor((factor[row, column] * Quantiles.One) + 0.5);
            }
        }

        return result;
    }
}
